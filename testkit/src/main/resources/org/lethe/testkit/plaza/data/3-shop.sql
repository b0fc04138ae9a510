-- Employees 1 to 24: one head, three heads of department, the others below them.
insert into employee (employee_id, username, full_name, job_title, reports_to)
select n,
       case when n % 6 > 0 then a.username end,
       a.display_name,
       case when n = 1 then 'Head' when n <= 4 then 'Head of department' else 'Shop assistant' end,
       case when n = 1 then null when n <= 4 then 1 else 2 + n % 3 end
  from generate_series(1, 24) as n
  join account a on a.account_id = n;

-- E-mail addresses are those of the accounts, as people type them.
insert into customer (customer_id, first_name, last_name, email, phone, birth_date, support_rep_id,
                      referred_by, created_at, updated_at)
select n, p.given,
       case n when 66 then '"><b>' || p.family || '</b>' else p.family end,
       case when n % 4 = 1 then initcap(split_part(p.email, '@', 1)) || '@' || upper(split_part(p.email, '@', 2))
            when n % 4 = 2 then upper(p.email)
            else p.email end,
       case when n % 7 > 0 then '+00 ' || 100 + n % 900 || ' ' || lpad((n * 7919 % 1000000)::text, 6, '0') end,
       case when n % 9 > 0 then date '1950-01-01' + pg_temp.pick('birth', n, 20000) end,
       case when n < 800 and n % 8 > 0 then 2 + n % 23 end,
       case when n < 800 and n > 20 and n % 6 = 0 then 1 + pg_temp.pick('referred', n, 20) end,
       pg_temp.days_ago(1100 + n, 'customer', n),
       pg_temp.days_ago(1100 + n, 'customer', n)
  from generate_series(1, 800) as n
  join person p on p.person_no = pg_temp.person_of_customer(n);

insert into address (customer_id, address_no, street, city, country)
select n, k,
       pg_temp.pick('house', n * 2 + k, 200) + 1 || ' '
         || pg_temp.one_of(array['Rue de l''Église', 'Hauptstraße', 'Οδός Ερμού', 'ул. Садовая', '中山路', 'شارع النهر', 'Market Square'], 'street', n * 2 + k),
       (array['Plaza', 'Old Town', 'Riverside', 'Hilltop'])[1 + n % 4],
       (array['FR', 'DE', 'GR', 'RS', 'TW', 'JO', 'IE'])[1 + n % 7]
  from generate_series(1, 799) as n
 cross join generate_series(1, 2) as k
 where k = 1 or n % 2 = 0;

insert into product (product_id, sku, name, price, attributes)
select n, 'P-' || lpad(n::text, 4, '0'),
       case n when 13 then '<script>alert("tea")</script>'
              else pg_temp.one_of(array['Tea', 'Seeds', 'Bicycle bell', 'Lamp', 'Teapot', 'Rope', 'Ladder', 'Mug'], 'product', n) || ' no. ' || n end,
       (100 + pg_temp.pick('price', n, 9900)) / 100.0,
       jsonb_build_object('colour', (array['red', 'green', 'blue'])[1 + n % 3], 'weight', n % 40, 'tags', jsonb_build_array('new', n))
  from generate_series(1, 150) as n;

-- Every fiftieth order is a present, sent to one of the customers 300 to 399; order 14 goes to customer 13.
insert into "order" (order_id, customer_id, ship_customer_id, ship_address_no, state, placed_at, note)
select n, c.customer_id,
       case when n = 14 then 13 when n % 50 = 5 then 300 + pg_temp.pick('present', n, 100) when mix > 0 then c.customer_id end,
       case when mix > 0 or n % 50 = 5 or n = 14 then 1 end,
       (case when mix < 3 then 'cart' when mix = 3 then 'returned' when mix < 7 then 'placed'
             when mix < 10 then 'shipped' else 'delivered' end)::order_state,
       pg_temp.days_ago(1 + pg_temp.pick('placed', n, 1095), 'order', n),
       case when n % 50 = 5 then 'A present!' when n % 33 = 0 then pg_temp.sentence('note', n) end
  from generate_series(1, 4000) as n
 cross join lateral (select case when n % 400 = 4 then 1 when n % 800 = 13 then 13
                                 when n = 14 then 14 else pg_temp.some_customer('order', n) end) as c (customer_id)
 cross join lateral (select (n + n / 10) % 20) as m (mix);

insert into order_line (order_id, line_no, product_id, quantity, unit_price)
select n, k, p.product_id, 1 + pg_temp.pick('quantity', n * 4 + k, 5), p.price
  from generate_series(1, 4000) as n
 cross join lateral generate_series(1, 1 + n % 4) as k
  join product p on p.product_id = 1 + pg_temp.pick('line', n * 4 + k, 149);

insert into invoice (invoice_id, invoice_no, customer_id, order_id, issued_on, bill_to, total)
select row_number() over (order by o.order_id),
       'I-' || to_char(o.placed_at at time zone 'UTC', 'YYYY') || '-' || lpad(o.order_id::text, 5, '0'),
       o.customer_id, o.order_id, (o.placed_at at time zone 'UTC')::date + 1,
       c.first_name || ' ' || c.last_name,
       (select sum(l.amount) from order_line l where l.order_id = o.order_id)
  from "order" o join customer c using (customer_id)
 where o.state <> 'cart';

insert into invoice_line (invoice_id, line_no, description, amount)
select i.invoice_id, l.line_no, l.quantity || ' × ' || p.name, l.amount
  from invoice i join order_line l using (order_id) join product p using (product_id);

insert into payment (payment_id, paid_on, invoice_id, method, amount)
select row_number() over (order by i.invoice_id), i.issued_on + pg_temp.pick('paid', i.invoice_id, 30), i.invoice_id,
       pg_temp.one_of(array['card', 'transfer', 'cash'], 'method', i.invoice_id), i.total
  from invoice i
 where i.invoice_id % 17 > 0;

-- The last payment of each of a few customers is disputed.
insert into chargeback (chargeback_id, payment_id, paid_on, reason, opened_on)
select row_number() over (order by d.customer_id), d.payment_id, d.paid_on, 'Not as described', d.paid_on + 20
  from (select distinct on (i.customer_id) i.customer_id, p.payment_id, p.paid_on
          from payment p join invoice i using (invoice_id)
         where i.customer_id in (13, 412, 511, 611, 711)
         order by i.customer_id, p.payment_id desc) as d;

-- Customers, account holders and strangers, each under the address as they typed it that day.
insert into newsletter_subscription (subscription_id, email, topic, created_at, confirmed_at)
select n,
       case when n % 3 = 0 then initcap(p.email) else p.email end,
       (array['weekly', 'offers', 'events'])[1 + n / 500],
       pg_temp.days_ago(n, 'newsletter', n),
       case when n % 6 > 0 then pg_temp.days_ago(n, 'newsletter', n) + interval '3 hours' end
  from generate_series(1, 1000) as n
  join person p on p.person_no = coalesce(nullif(101 + n % 500 * 2 % 1149, 599), 600);   -- 599 has nothing at all
