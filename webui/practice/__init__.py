"""The practice room: invented cases to answer, which nobody posts anywhere."""
