"""Add the people who work with Amends, their roles at places, their sessions, links, passkeys and attempts.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

TABLES = ("attempt", "passkey", "person_link", "sign_in", "membership", "person")


def _of_person(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id_person", ondelete="CASCADE"),
        *_id(table),
    ]


def _id(table: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")]


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "person",
        *_id("person"),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("session_key", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("sealed_totp", sa.Text(), nullable=False),
        sa.Column("totp_counter", sa.Integer(), nullable=False),
        sa.Column("sealed_codes", sa.Text(), nullable=False),
        sa.Column("passkey_handle", sa.String(length=64), nullable=False),
        _time("created_at"),
        _time("last_seen_at", nullable=True),
        sa.UniqueConstraint("email", name="uq_person_email"),
        sa.UniqueConstraint("session_key", name="uq_person_session_key"),
        sa.UniqueConstraint("passkey_handle", name="uq_person_passkey_handle"),
    )
    op.create_table(
        "membership",
        *_of_person("membership"),
        sa.Column("location_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_membership_location_id_location", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("person_id", "location_id", name="uq_membership_person_id_location_id"),
    )
    op.create_index("ix_membership_location_id", "membership", ["location_id"])
    op.create_table(
        "sign_in",
        *_of_person("sign_in"),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("via", sa.String(length=24), nullable=False),
        sa.Column("agent", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        _time("created_at"),
        _time("seen_at"),
        _time("expires_at"),
        sa.UniqueConstraint("digest", name="uq_sign_in_digest"),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"])
    op.create_table(
        "person_link",
        *_of_person("person_link"),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        _time("made_at"),
        _time("expires_at"),
        sa.UniqueConstraint("digest", name="uq_person_link_digest"),
    )
    op.create_index("ix_person_link_person_id", "person_link", ["person_id"])
    op.create_table(
        "passkey",
        *_of_person("passkey"),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        _time("created_at"),
        _time("used_at", nullable=True),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_person_id", "passkey", ["person_id"])
    op.create_table(
        "attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _time("ends_at"),
        sa.PrimaryKeyConstraint("key", name="pk_attempt"),
    )
    op.create_index("ix_attempt_ends_at", "attempt", ["ends_at"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
