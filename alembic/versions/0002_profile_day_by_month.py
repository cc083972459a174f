"""profile_day by month on PostgreSQL

RANGE partitions on day, BRIN(day) (STORAGE). The key does not INCLUDE (total): that costs 0.2-0.3 bytes a point, and a
month of a small installation would then take more than 6.1. Partitions are made by the import; the rows there are get
theirs here.
"""

from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

COLUMNS = "series_id, day, step_min, n, total, vals, q, file_id"
MAKE = """
DO $$
DECLARE month date;
BEGIN
  FOR month IN SELECT DISTINCT date_trunc('month', date '1970-01-01' + day)::date FROM profile_day_flat LOOP
    EXECUTE format('CREATE TABLE profile_day_p%s PARTITION OF profile_day FOR VALUES FROM (%s) TO (%s)',
      to_char(month, 'YYYYMM'), month - date '1970-01-01', (month + interval '1 month')::date - date '1970-01-01');
  END LOOP;
END $$
"""


def upgrade() -> None:
    """Apply."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE profile_day RENAME TO profile_day_flat")
    op.execute("ALTER TABLE profile_day_flat RENAME CONSTRAINT profile_day_pkey TO profile_day_flat_pkey")
    op.execute(
        "CREATE TABLE profile_day (LIKE profile_day_flat, PRIMARY KEY (series_id, day) WITH (fillfactor = 100)) "
        "PARTITION BY RANGE (day)"
    )
    for column in ("vals", "q"):  # never large enough to be toasted: spares every month a table
        op.execute(f"ALTER TABLE profile_day ALTER COLUMN {column} SET STORAGE PLAIN")
    op.execute("CREATE INDEX profile_day_brin ON profile_day USING brin (day)")
    op.execute(MAKE)
    op.execute(f"INSERT INTO profile_day ({COLUMNS}) SELECT {COLUMNS} FROM profile_day_flat")
    op.execute("DROP TABLE profile_day_flat")


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE profile_day RENAME TO profile_day_months")
    op.execute("CREATE TABLE profile_day (LIKE profile_day_months)")
    op.execute(f"INSERT INTO profile_day ({COLUMNS}) SELECT {COLUMNS} FROM profile_day_months")
    op.execute("DROP TABLE profile_day_months")
    op.execute("ALTER TABLE profile_day ADD CONSTRAINT profile_day_pkey PRIMARY KEY (series_id, day)")
