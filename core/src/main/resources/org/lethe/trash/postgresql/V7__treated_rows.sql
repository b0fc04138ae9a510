-- Whether a row that stays was treated already: it is looked at again, and not treated again.
alter table request_row add column treated boolean not null default false;
