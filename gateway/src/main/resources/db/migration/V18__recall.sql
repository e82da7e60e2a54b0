-- Messages of ours that somebody took back. The customer sees them no more; what they said stays on record.

alter table message
    add column recalled_at timestamptz, -- by the database's clock
    add column recalled_by text;        -- username

create index message_recalled on message (recalled_at) where recalled_at is not null;
create index message_recalled_from on message (party_id) where recalled_at is not null;
