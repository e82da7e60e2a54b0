-- Who may see a file: whoever uploaded it, and whoever sees a conversation in which it was sent.

alter table media add column uploaded_by text; -- username; null for what customers send

create index message_media on message ((content #>> '{media,id}'))
    where content #>> '{media,id}' is not null;
create index message_thumbnail on message ((content #>> '{thumbnail,id}'))
    where content #>> '{thumbnail,id}' is not null;
