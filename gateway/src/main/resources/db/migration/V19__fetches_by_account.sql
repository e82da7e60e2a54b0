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

-- While nodes are updated one after the other, those that are still to be know nothing of accounts here. Goes once no
-- such node is left.
create function media_fetch_of() returns trigger language plpgsql as $$
begin
    if new.account is null then
        select p.channel, p.account into new.channel, new.account
        from message m
        join party p on p.id = m.party_id
        where m.id = new.message_id;
    end if;
    return new;
end
$$;

create trigger media_fetch_of before insert on media_fetch
    for each row execute function media_fetch_of();
