-- How long a file stays that nobody sends is the same for all, and not for the app to say.

update media m set wanted_at = u.touched_at
from app_upload u where u.media_id = m.id and u.touched_at > m.wanted_at;

alter table app_upload drop column touched_at, drop column kept;
