#!/usr/bin/env bash
# A seal whose key the service never has: a holder's token makes the key, the service certifies it, and a contract is sealed in two
# steps: as a PDF with a SoftHSM 2 token (PKCS#11), then, since that one knows no SM2, as an OFD with a device that comes with an SKF
# library (GM/T 0016). Both tokens are software in a folder that goes again; the SKF library is the one of this project's tests.
#
#   SEAL_URL   the running service (http://127.0.0.1:8080)
#   SEAL_OUT   where the sealed files go, without .pdf and .ofd (./ukey-signing)
#   SEAL_CLI   the command line (./seal beside this folder)
#
# Needs bash, curl, jq, softhsm2, gcc and libssl-dev. Stops at the first step that does not do what it should.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
url=${SEAL_URL:-http://127.0.0.1:8080}
out=${SEAL_OUT:-./ukey-signing}
read -ra cli <<<"${SEAL_CLI:-$here/../seal}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=samples/service.sh
. "$here/service.sh"

# ukey COMMAND [arguments…]: what it says goes to $work/said.
ukey() { "${cli[@]}" ukey "$@" >"$work/said" 2>&1 || stop "seal ukey $1: $(cat "$work/said")"; }
refused() { "${cli[@]}" ukey "$@" >"$work/said" 2>&1 && stop "seal ukey $1 was not refused" || [ $? -eq 1 ] || stop "seal ukey $1: $(cat "$work/said")"; }
told() { tail -n 1 "$work/said"; }

# --- The story --------------------------------------------------------------------------------------------------------

run=$(printf '%08d' $(($(date +%s%N) / 1000000 % 100000000)))
company=$(credit_code "$run")
name=深圳市北斗科技有限公司

step "查找身份核验服务" "find the identity provider"
call GET /api/proof-of-person
must 200
provider=$(field .url) audience=$(field .audience)
ok "$provider"

step "办好一枚合同专用章" "a company gets a contract seal, which its legal representative claims"
as zhang-wei
call GET /api/me
must 200
zhang_wei=$(field .person)
as registry
give /api/organisations "$(jq -n --arg uscc "$company" --arg name "$name" --arg legalRepresentative "$zhang_wei" \
    '{$uscc, $name, kind: "company", $legalRepresentative, managingPartners: 0, region: "440300", establishedOn: "2019-05-20"}')"
must 201
as zhang-wei
give_proven ApplyForSeals application /api/applications "$(jq -n --arg organisation "$company" --arg name "$name" --arg run "$run" \
    '{$organisation, seals: [{kind: "contract", name: "\($name)合同专用章（\($run)）"}]}')"
must 201
seal=$(field .id)-1
as reviewer
give "/api/applications/${seal%-1}/approve" '{}'
must 200
as maker
give "/api/seals/$seal/make" "$(jq -n --arg code "4404$run"9 '{$code}')"
must 200
give "/api/seals/$seal/file" "$(jq -n --arg filingNumber "粤深印备$run" '{$filingNumber}')"
must 200
as zhang-wei
give_proven ClaimSeal "seal/$seal" "/api/seals/$seal/claim" '{"pin": "272727", "device": "ukey-signing.sh"}'
must 200
ok "$seal"

step "插入 Ukey" "a token is put in"
module=$(find /usr/lib /usr/local/lib -name libsofthsm2.so -print -quit 2>/dev/null)
[ -n "$module" ] || stop "SoftHSM 2 is not installed: apt install softhsm2"
mkdir "$work/tokens"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$work/tokens" >"$work/softhsm2.conf"
export SOFTHSM2_CONF=$work/softhsm2.conf SEAL_PKCS11_MODULE=$module SEAL_URL=$url
printf '13579246\n' >"$work/officer-pin"
printf '246810\n' >"$work/first-pin"
printf '808182\n' >"$work/pin"
printf 'demo\n' >"$work/password"
softhsm2-util --init-token --free --label ukey --so-pin "$(cat "$work/officer-pin")" --pin "$(cat "$work/first-pin")" >"$work/said" 2>&1 || stop "$(cat "$work/said")"
ukey list
ok "$(head -n 1 "$work/said")"

step "修改 Ukey 密码" "the token gets a PIN of the holder's own"
ukey pin --token ukey --pin-file "$work/first-pin" --new-pin-file "$work/pin"
ok

me=(--token ukey --pin-file "$work/pin" --account zhang-wei --password-file "$work/password")

step "没有绑定不能签" "without a certificate it signs nothing"
refused sign "$here/contract.pdf" --seal "$seal" --page 2 --x 93 --y 146 --out "$work/no.pdf" "${me[@]}"
grep -q ukey-not-bound "$work/said" || stop "$(cat "$work/said")"
ok "$(told)"

step "绑定 Ukey" "the token makes a key, and the service certifies it"
ukey enrol "$seal" "${me[@]}"
ok "$(told)"

step "查看 Ukey" "certificate and seal data are on the token"
ukey info --token ukey --seal "$seal"
grep -q "^certificate    [0-9a-f]" "$work/said" && grep -q "^seal data .*bytes" "$work/said" || stop "$(cat "$work/said")"
ok "$(told)"

step "用 Ukey 登录并盖章" "the token signs in and seals the contract: prepare, sign on the token, complete"
ukey sign "$here/contract.pdf" --seal "$seal" --page 2 --x 93 --y 146 --out "$out.pdf" --token ukey --pin-file "$work/pin"
grep -q "^Signing in with Token" "$work/said" || stop "$(cat "$work/said")"
ok "$(told)"

step "服务验证" "the service verifies it"
verify "$out.pdf"
holds '.verdict == "TOTAL_PASSED" and .signatures[0].seal.stateAtSigning == "active"'
ok "$(field .verdict)"

step "离线验证" "and so does the command line, without the service"
curl -fsS "$url/pki/roots.pem" -o "$work/roots.pem"
for authority in ca-root-ecdsa ca-issuing-ecdsa; do curl -fsS "$url/pki/$authority.crl" -o "$work/$authority.crl"; done
"${cli[@]}" verify "$out.pdf" --trust "$work/roots.pem" --crl "$work/ca-root-ecdsa.crl" --crl "$work/ca-issuing-ecdsa.crl" >"$work/said" 2>&1 || stop "$(cat "$work/said")"
ok

step "OFD 需要国密" "an OFD is not sealed with this key, and the PIN is not asked for"
refused sign "$here/contract.ofd" --seal "$seal" --page 2 --x 93 --y 146 --out "$work/no.ofd" --token ukey
grep -q ofd-needs-sm2 "$work/said" || stop "$(cat "$work/said")"
ok

step "换用国密 Ukey" "an SM2 device with an SKF library takes the token's place"
mkdir "$work/skf"
cc -shared -fPIC -O1 -o "$work/skf/device.so" "$here/../tests/Seal.Tokens.Tests/SkfDevice/skf_device.c" -lcrypto 2>"$work/said" || stop "$(cat "$work/said"): apt install gcc libssl-dev"
: >"$work/skf/ukey-$run.skf"
export SEAL_SKF_DEVICE_FOLDER=$work/skf
printf '123456\n' >"$work/skf-first-pin"
sm2=(--skf "$work/skf/device.so")
ukey unbind "$seal" --account zhang-wei --password-file "$work/password"
ukey pin "${sm2[@]}" --pin-file "$work/skf-first-pin" --new-pin-file "$work/pin"
ukey enrol "$seal" "${sm2[@]}" --pin-file "$work/pin" --account zhang-wei --password-file "$work/password"
ok "$(told)"

step "用国密 Ukey 签 OFD 和 PDF" "it seals the OFD, and a PDF as well"
ukey sign "$here/contract.ofd" --seal "$seal" --page 2 --x 93 --y 146 --out "$out.ofd" "${sm2[@]}" --pin-file "$work/pin"
verify "$out.ofd"
holds '.verdict == "TOTAL_PASSED" and .signatures[0].seal.stateAtSigning == "active"'
ukey sign "$here/contract.pdf" --seal "$seal" --page 2 --x 93 --y 146 --out "$work/sm2.pdf" "${sm2[@]}" --pin-file "$work/pin"
verify "$work/sm2.pdf"
holds '.verdict == "TOTAL_PASSED"'
ok "$(field .verdict)"

step "离线验证 OFD" "and the command line verifies the OFD without the service"
# An OFD's signature has the signer's certificate and no other: the authority that issued it is named here.
curl -fsS "$url/pki/ca-issuing-sm2.cer" -o "$work/ca-issuing-sm2.cer"
for authority in ca-root-sm2 ca-issuing-sm2; do curl -fsS "$url/pki/$authority.crl" -o "$work/$authority.crl"; done
"${cli[@]}" verify "$out.ofd" --trust "$work/roots.pem" --trust "$work/ca-issuing-sm2.cer" --crl "$work/ca-root-sm2.crl" --crl "$work/ca-issuing-sm2.crl" \
    --crl "$work/ca-root-ecdsa.crl" --crl "$work/ca-issuing-ecdsa.crl" >"$work/said" 2>&1 || stop "$(cat "$work/said")"
ok

step "冻结后 Ukey 也不能盖章" "a frozen seal waits for no token"
give_proven FreezeSeal "seal/$seal" "/api/seals/$seal/freeze" '{"reason": "演示冻结。"}'
must 200
refused sign "$here/contract.pdf" --seal "$seal" --page 2 --x 93 --y 146 --out "$work/no.pdf" "${sm2[@]}" --pin-file "$work/pin" --account zhang-wei --password-file "$work/password"
grep -q seal-frozen "$work/said" || stop "$(cat "$work/said")"
ok "$(told)"

step "解绑 Ukey" "the lost token is taken off"
ukey unbind "$seal" --lost --account zhang-wei --password-file "$work/password"
ok "$(told)"

step "用章记录" "the usage log has what was sealed and what was refused"
call GET "/api/usage?seal=$seal&organisation=$company"
must 200
holds '[.items[].state | if .code == "" then .status else .code end] | sort == ["seal-frozen", "sealed", "sealed", "sealed", "ukey-not-bound"]'
ok "$(field '[.items[].state | if .code == "" then .status else .code end] | join(", ")')"

printf '\nThe sealed contracts are at %s\n' "$out.pdf and $out.ofd"
