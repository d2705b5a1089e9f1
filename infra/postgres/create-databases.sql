-- One database a service: none reads another's tables. Run once, by the postgres image, on an empty volume.
CREATE DATABASE ordergate_order;
CREATE DATABASE ordergate_customer_credit;
CREATE DATABASE ordergate_collections;
CREATE DATABASE ordergate_notification;
