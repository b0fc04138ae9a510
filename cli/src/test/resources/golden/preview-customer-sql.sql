-- The rows are selected and locked first; :name stands for those selected.
begin;
-- 2 rows: rows of note stay, but what they refer to in customer goes
update "note" set "customer_id" = null where ("id") in (:note);
-- 14 rows: reached over invoice_line.invoice_id
delete from "invoice_line" where ("invoice_id", "nr") in (:invoice_line);
-- 7 rows: reached over invoice.customer_id
delete from "invoice" where ("id") in (:invoice);
-- 1 row: reached as roots
delete from "customer" where ("id") in (:customer);
commit;
