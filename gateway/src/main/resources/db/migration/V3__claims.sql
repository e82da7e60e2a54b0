-- Who has a passive reply, so that copies of one callback on several nodes do not all say it.
alter table delivery add column claimed_at timestamptz; -- when the callback came that was last given this
