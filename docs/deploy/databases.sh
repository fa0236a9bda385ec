#!/bin/sh
# Makes the two databases and their two logins, at the first start of an empty server. Neither login
# can connect to the other's database: who reads answers cannot read sign-ups.
set -eu

for name in dialogue register; do
    case $name in
        dialogue) password=$DIALOGUE_PASSWORD ;;
        register) password=$REGISTER_PASSWORD ;;
    esac
    # The password goes in as a variable of psql, quoted by it, not by us.
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres \
        --set=name="$name" --set=password="$password" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --command='REVOKE CONNECT ON DATABASE postgres FROM PUBLIC'
