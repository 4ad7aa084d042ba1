#!/bin/sh
# How much magnesium is on this photo? With curl.
#   MAGSCAN_URL=https://magscan.example MAGSCAN_KEY=mgs_... sh scan.sh bottle.jpg [another-side.jpg ...]
set -eu
[ $# -ge 1 ] || { echo "usage: scan.sh PHOTO..." >&2; exit 2; }
for photo in "$@"; do
    set -- "$@" --form "image=@$photo"
    shift
done
curl --fail-with-body --silent --show-error --max-time 60 --retry 3 --retry-max-time 60 \
    --header "Authorization: Bearer ${MAGSCAN_KEY:-}" \
    "$@" "${MAGSCAN_URL:-http://127.0.0.1:8080}/v1/scan"
