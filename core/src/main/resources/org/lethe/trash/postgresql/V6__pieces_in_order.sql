-- Pieces are erased in the order in which the store named them: in another database, rows that
-- refer to others go before these.
alter table request_piece add column place_in_order bigserial;
create index request_piece_order on request_piece (request_id, store, place_in_order);
