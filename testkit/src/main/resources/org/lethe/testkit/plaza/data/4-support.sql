insert into support.ticket (ticket_id, customer_id, assignee_id, subject, open, opened_at)
select n,
       case when n % 300 = 1 then 1 else pg_temp.some_customer('ticket', n) end,
       case when n % 5 > 0 then 2 + n % 23 end,
       pg_temp.one_of(array['Where is my order?', 'Wrong colour', 'Invoice missing', 'I cannot sign in', 'Πού είναι;', 'Возврат', '退货', 'فاتورة'], 'ticket', n),
       n % 4 = 0,
       pg_temp.days_ago(1 + n % 700, 'ticket', n)
  from generate_series(1, 900) as n;

insert into support.ticket_message (ticket_id, message_no, from_staff, body, written_at)
select t.ticket_id, k, k % 2 = 0, pg_temp.sentence('support', t.ticket_id * 3 + k), t.opened_at + k * interval '5 hours'
  from support.ticket t cross join generate_series(1, 3) as k;
