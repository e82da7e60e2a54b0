-- Who has a passive reply, so that copies of one callback on several nodes do not all say it.
alter table delivery add column claimed_at timestamptz; -- when the callback came that was last given this

-- Only for what is to wait: a look at the front of the queue must not find this one fitting.
drop index delivery_due;
create index delivery_later on delivery (not_before) where state = 'queued' and not_before > created_at;
