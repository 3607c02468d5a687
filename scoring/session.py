"""Open a network so that it gives the same numbers on every processor.

Importing this is light; onnxruntime comes with the first session.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def open_session(path: Path, *, threads: int) -> Any:
    """An onnxruntime session over the file; one call uses `threads` cores, with 0 all of them.

    Raises whatever onnxruntime raises for a file that it cannot read.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Processors without VNNI add pairs of products in 16 bits, where large ones are cut off: int8 weights lose much of
    # what they tell. This reads them as uint8 there, which fits. The option's own comment in onnxruntime
    # (onnxruntime_session_options_config_keys.h); elsewhere it changes nothing.
    options.add_session_config_entry("session.x64quantprecision", "1")
    # Threads that wait for the next operation do so asleep: spinning takes more of the processor than the operations
    # do, and the other processes of this machine need it.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
