-- When the call to the platform began. A node takes messages out of the queue ahead of sending them; what
-- it had not begun to send when it died goes back into the queue, and nobody has to wonder about it.
alter table delivery add column called_at timestamptz;

update delivery set called_at = leased_at where state = 'sending';
