-- A message that is sent again goes out as another delivery; what its push has come to stays with it.
alter table app_push drop constraint app_push_delivery_id_fkey;
alter table app_push add foreign key (delivery_id) references delivery on update cascade on delete cascade;
