-- Whose platform has a file that is still to be fetched. Accounts do not wait for each other, so what is due is asked
-- for one account at a time.

alter table media_fetch
    add column channel text,
    add column account text;

update media_fetch f
set channel = p.channel, account = p.account
from message m
join party p on p.id = m.party_id
where m.id = f.message_id;

alter table media_fetch
    alter column channel set not null,
    alter column account set not null;

drop index media_fetch_due;
create index media_fetch_due on media_fetch (channel, account, not_before);
