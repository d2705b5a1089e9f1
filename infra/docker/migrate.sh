#!/bin/sh
# Brings the database of every service to its newest version, then ends. DATABASE_SERVER: URL without database name.
set -eu
for service in order customer-credit collections notification; do
  database="ordergate_$(echo "$service" | tr - _)"
  echo "migrating $database"
  DATABASE_URL="$DATABASE_SERVER/$database" node "services/$service/dist/src/main.js" --migrate
done
