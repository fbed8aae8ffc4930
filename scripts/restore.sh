#!/usr/bin/env bash
# Restores a backup of scripts/backup.sh: scripts/restore.sh FOLDER DATABASE DATA
#
#   FOLDER    the backup
#   DATABASE  an empty database for a superuser, as libpq takes it; the owner's and the service's roles exist in its cluster
#   DATA      the data folder of the service that will run on it; without token, files and sign-in
#
# With an HSM there is no token.tar: the service needs the HSM, or the maker's copy of it, with the same master key.
set -euo pipefail
[ $# -eq 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folder=$1 database=$2 data=$3
umask 077
(cd "$folder" && sha256sum --check --quiet sha256)
mkdir -p "$data"
for part in token files sign-in; do
    [ ! -e "$data/$part" ] || { echo "$data/$part is there already: nothing was restored." >&2; exit 1; }
done
pg_restore --exit-on-error --single-transaction --dbname="$database" "$folder/database.dump"
pg_restore --exit-on-error --single-transaction --dbname="$database" "$folder/person-keys.dump"
for part in token files sign-in; do
    if [ -e "$folder/$part.tar" ]; then
        tar --extract --file="$folder/$part.tar" --directory="$data"
    fi
done
echo "Restored. Start the service on it, then: ./seal audit SERVICE --key THE-KEYS-YOU-KNOW"
