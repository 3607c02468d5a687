"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}

Before committing: does the program of the last release still run on this schema? Does a statement lock a large table
for long on PostgreSQL? Moves of data belong in a migration of their own. Import nothing of ours here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: str | None = ${repr(branch_labels)}
depends_on: str | None = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
