# shellcheck shell=bash
# How the samples tell their story and talk to the service; they set $url and $work first.
number=0

# --- Helpers: telling the story ---------------------------------------------------------------------------------------

step() { number=$((number + 1)); printf '%2d  %s / %s … ' "$number" "$1" "$2"; }
ok() { printf 'ok%s\n' "${1:+  $1}"; }
stop() { printf '\n%s: step %d did not do what it should: %s\n' "$(basename "$0" .sh)" "$number" "$1" >&2; exit 1; }

# --- Helpers: talking to the service ----------------------------------------------------------------------------------

# call METHOD PATH [curl arguments…]: the answer's status goes to $status, its body to $answer.
call() {
    local method=$1 path=$2
    shift 2
    status=$(curl -sS --max-time 60 -o "$work/answer" -w '%{http_code}' -X "$method" \
        -H "Authorization: Bearer ${token:-}" -H 'Accept-Language: zh' "$@" "$url$path") || stop "no answer from $url$path"
    answer=$work/answer
}
field() { jq -r "$1" "$answer"; }
must() { [ "$status" = "$1" ] || stop "expected $1, got $status: $(jq -r '"\(.code): \(.title) \(.detail // "")"' "$answer" 2>/dev/null || head -c 300 "$answer")"; }
holds() { jq -e "$1" "$answer" >/dev/null || stop "expected $1 of $(head -c 2000 "$answer")"; }

# as ACCOUNT: from here on this person acts.
as() {
    account=$1
    token=
    call POST /api/sign-in -H "Content-Type: application/json" -d "$(jq -n --arg account "$account" '{$account, password: "demo"}')"
    must 200
    token=$(field .accessToken)
}

# give PATH BODY [curl arguments…]: a command.
give() {
    local path=$1 body=$2
    shift 2
    call POST "$path" -H "Content-Type: application/json" -d "$body" "$@"
}

# give_proven COMMAND TARGET PATH BODY [curl arguments…]: a command for which the identity provider first has to say that it
# is really this person who wants exactly this. The PIN is nobody's business but the service's, so it stays out of the digest.
give_proven() {
    local command=$1 target=$2 path=$3 body=$4 digest assertion
    shift 4
    digest=$(jq -cjS 'del(.pin, .oldPin, .newPin)' <<<"$body" | sha256sum | cut -d ' ' -f 1)
    assertion=$(curl -sS --max-time 20 --fail -H "Content-Type: application/json" -d "$(jq -n --arg account "$account" --arg audience "$audience" --arg command "$command" \
        --arg target "$target" --arg bodyDigest "$digest" '{$account, secret: "demo", $audience, $command, $target, $bodyDigest}')" \
        "$provider/assertions" | jq -r .assertion) || stop "the identity provider gave no proof of person"
    give "$path" "$body" -H "Proof-Of-Person: $assertion" "$@"
}

# credit_code EIGHT: a unified social credit code of Shenzhen around eight digits, with both its check characters.
credit_code() {
    local alphabet=0123456789ABCDEFGHJKLMNPQRTUWXY inner=(3 7 9 10 5 8 4 2) code sum=0 i weight=1 before
    for i in {0..7}; do sum=$((sum + inner[i] * ${1:i:1})); done
    i=$((11 - sum % 11))
    code=91440300$1$(case $i in 10) echo X ;; 11) echo 0 ;; *) echo $i ;; esac)
    sum=0
    for i in {0..16}; do
        before=${alphabet%%"${code:i:1}"*}
        sum=$((sum + weight * ${#before}))
        weight=$((weight * 3 % 31))
    done
    i=$(((31 - sum % 31) % 31))
    printf '%s%s' "$code" "${alphabet:i:1}"
}

# upload FILE: $document is its number.
upload() {
    call POST /api/documents -H 'Content-Type: application/pdf' --data-binary "@$1"
    must 201
    document=$(field .id)
}

# fetch FILE: the sealed document of the signing just answered.
fetch() {
    call GET "/api/signings/$(field .id)/document"
    must 200
    cp "$answer" "$1"
}

# verify FILE
verify() {
    call POST /api/verifications -H 'Content-Type: application/pdf' --data-binary "@$1"
    must 200
}
