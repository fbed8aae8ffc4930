#!/usr/bin/env bash
# Backs up a running service: scripts/backup.sh DATABASE DATA FOLDER
#
#   DATABASE  PostgreSQL for a superuser, as libpq takes it: 'host=… port=… dbname=… user=… password=…'; its tables belong
#             to two roles. Of the embedded one: host is its socket's folder, the password is the first line of postgres/passwords
#   DATA      the service's data folder (Seal:Data)
#   FOLDER    where the backup goes; must not exist
#
# Nothing stops meanwhile. Do not rotate or destroy a master key while it runs: the token is copied after the database.
# Keep database.dump, person-keys.dump and token.tar in three places; docs/keys.md says what each is worth.
set -euo pipefail
[ $# -eq 3 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
database=$1 data=$2 folder=$3
umask 077
mkdir "$folder"

# Keys of persons after the rows under them: who is registered in between has a key too many, which is nobody's.
pg_dump --format=custom --exclude-table-data=vault.person_keys --exclude-table-data=vault.pin_turns --dbname="$database" --file="$folder/database.dump"
pg_dump --format=custom --data-only --table=vault.person_keys --dbname="$database" --file="$folder/person-keys.dump"
for part in token files sign-in; do
    if [ -d "$data/$part" ]; then
        tar --create --file="$folder/$part.tar" --directory="$data" "$part"
    fi
done
(cd "$folder" && sha256sum ./*.dump ./*.tar >sha256)
echo "Backed up to $folder"
