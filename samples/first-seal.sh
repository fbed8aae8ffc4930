#!/usr/bin/env bash
# One seal's whole life: a company applies for its seals, claims one, seals a contract, freezes the seal, and asks of the
# document: was that seal in order when this was sealed?
#
#   SEAL_URL   the running service (http://127.0.0.1:8080)
#   SEAL_OUT   where the sealed PDF goes, without .pdf (./first-seal)
#
# Needs bash, curl and jq. Stops at the first step that does not do what it should.
set -euo pipefail

url=${SEAL_URL:-http://127.0.0.1:8080}
out=${SEAL_OUT:-./first-seal}.pdf
contract=$(dirname "$0")/contract.pdf
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=samples/service.sh
. "$(dirname "$0")/service.sh"

# --- The story --------------------------------------------------------------------------------------------------------

run=$(printf '%08d' $(($(date +%s%N) / 1000000 % 100000000)))
company=$(credit_code "$run")
name=深圳市星河科技有限公司
pin=272727

step "查找身份核验服务" "find the identity provider"
call GET /api/proof-of-person
must 200
provider=$(field .url) audience=$(field .audience)
ok "$provider"

step "登录" "sign in"
as wang-fang
call GET /api/me
must 200
wang_fang=$(field .person)
as zhang-wei
call GET /api/me
must 200
zhang_wei=$(field .person)
ok "zhang-wei, wang-fang"

step "登记企业" "register the company"
as registry
give /api/organisations "$(jq -n --arg uscc "$company" --arg name "$name" --arg legalRepresentative "$zhang_wei" \
    '{$uscc, $name, kind: "company", $legalRepresentative, managingPartners: 0, region: "440300", establishedOn: "2019-05-20"}')"
must 201
ok "$name $company"

step "申请一套四枚印章" "apply for the standard set of four seals"
as zhang-wei
give_proven ApplyForSeals application /api/applications "$(jq -n --arg organisation "$company" --arg name "$name" --arg run "$run" '{$organisation, seals: [
    {kind: "legal-name", name: "\($name)（\($run)）"},
    {kind: "contract", name: "\($name)合同专用章（\($run)）"},
    {kind: "finance", name: "\($name)财务专用章（\($run)）"},
    {kind: "legal-representative", name: "\($name)法定代表人名章（\($run)）"}]}')"
must 201
application=$(field .id)
call GET "/api/applications/$application"
must 200
holds '.state.status == "under-review" and (.state.seals | length) == 4'
mapfile -t seals < <(field '.state.seals[].seal')
company_seal=${seals[0]} contract_seal=${seals[1]}
ok "$application"

step "退回补正" "the reviewer returns it"
as reviewer
give "/api/applications/$application/return" '{"opinion": "请核对合同专用章的名称。"}'
must 200
ok

step "重新提交" "the applicant hands it in again"
as zhang-wei
give_proven ResubmitApplication "application/$application" "/api/applications/$application/resubmit" '{}'
must 200
ok

step "审批通过" "the reviewer approves"
as reviewer
give "/api/applications/$application/approve" '{}'
must 200
ok

step "制作并备案" "make and file each seal"
as maker
for i in "${!seals[@]}"; do
    give "/api/seals/${seals[i]}/make" "$(jq -n --arg code "4403$run$i" '{$code}')"
    must 200
    give "/api/seals/${seals[i]}/file" "$(jq -n --arg filingNumber "粤深印备$run-$i" '{$filingNumber}')"
    must 200
done
ok "${#seals[@]}"

step "法定代表人领取合同章和公章" "the legal representative claims the contract seal and the company seal"
as zhang-wei
for seal in "$contract_seal" "$company_seal"; do
    give_proven ClaimSeal "seal/$seal" "/api/seals/$seal/claim" "$(jq -n --arg pin "$pin" '{$pin, device: "first-seal.sh"}')"
    must 200
done
ok "$contract_seal, $company_seal"

step "授权用章人" "authorise a holder"
give_proven AuthoriseHolder "seal/$contract_seal" "/api/seals/$contract_seal/authorise-holder" \
    "$(jq -n --arg person "$wang_fang" '{$person, from: (now | todate), until: (now + 90 * 86400 | todate)}')"
must 200
ok "wang-fang"

step "用章人领取" "the holder claims the seal"
as wang-fang
give_proven ClaimSeal "seal/$contract_seal" "/api/seals/$contract_seal/claim" "$(jq -n --arg pin "$pin" '{$pin, device: "first-seal.sh"}')"
must 200
ok

# seal_it SEAL X Y [PIN]: puts a seal on page 2, millimetres from the upper left corner.
seal_it() {
    give /api/signings "$(jq -n --arg seal "$1" --arg document "$document" --argjson x "$2" --argjson y "$3" --arg pin "${4:-$pin}" \
        '{$seal, $document, page: 2, xMm: $x, yMm: $y, $pin}')"
}

step "上传合同" "upload the contract"
upload "$contract"
ok "$(field .digest | cut -c 1-16)…"

step "加盖合同专用章" "seal it with the contract seal"
seal_it "$contract_seal" 93 146
must 201
sealed_at=$(field '.events[-1].recordedAt')
ok "position $(field .position)"

step "取回文件" "fetch the sealed file"
fetch "$work/once.pdf"
ok "$(wc -c <"$work/once.pdf") bytes"

step "再加盖公章" "seal the result again with the company seal"
as zhang-wei
upload "$work/once.pdf"
seal_it "$company_seal" 138 146
must 201
fetch "$out"
ok "$out"

step "验证文件" "verify the document"
verify "$out"
holds '.verdict == "TOTAL_PASSED" and (.signatures | length) == 2 and all(.signatures[]; .verdict == "TOTAL_PASSED" and .seal.stateAtSigning == "active")'
ok "$(field .verdict), $(field '[.signatures[].seal.name] | join(", ")')"

step "密码错误被拒绝" "a wrong PIN is refused"
as wang-fang
upload "$contract"
seal_it "$contract_seal" 93 146 000000
[ "$status" -ge 400 ] || stop "a wrong PIN was taken"
holds '.code == "pin-wrong"'
ok "$(field .title)"

step "冻结合同专用章" "freeze the contract seal"
as zhang-wei
give_proven FreezeSeal "seal/$contract_seal" "/api/seals/$contract_seal/freeze" '{"reason": "怀疑密码泄露，先行冻结。"}' -H 'Prefer: ledger-proof'
must 200
cp "$answer" "$work/freeze"
ok "position $(field .position)"

step "冻结后不能盖章" "a frozen seal cannot seal"
as wang-fang
upload "$contract"
seal_it "$contract_seal" 93 146
must 409
holds '.code == "seal-frozen"'
ok "$(field .title)"

step "用章记录" "the usage log shows what was sealed and what was refused"
as zhang-wei
call GET "/api/usage?organisation=$company"
must 200
holds '([.items[].state.status] | (map(select(. == "sealed")) | length) == 2 and (map(select(. == "declined")) | length) == 2)
    and ([.items[].state.code] | contains(["pin-wrong", "seal-frozen"]))'
ok "$(field '.items | map(.state.status) | join(", ")')"

step "查询盖章时的状态" "ask for the seal as of the time of sealing"
call GET "/api/seals/$contract_seal" -G --data-urlencode "at=$sealed_at"
must 200
holds '.state.status == "active"'
call GET "/api/seals/$contract_seal"
must 200
holds '.state.status == "frozen"'
ok "$sealed_at: active, today: frozen"

step "印章履历" "the seal's history"
call GET "/api/seals/$contract_seal/history"
must 200
life='[.items[].type | ltrimstr("seal.") | rtrimstr(".v1")]'
holds "$life"' | contains(["applied", "approved", "made", "filed", "issued", "activated"]) and .[-1] == "frozen"'
ok "$(field "$life"' | join(" → ")')"

step "账本检查点" "the ledger's checkpoint"
call GET /ledger/checkpoint
must 200
size=$(sed -n 2p "$answer")
[ "$size" -gt 0 ] || stop "the checkpoint has no size"
ok "$size events, root $(sed -n 3p "$answer")"

step "账本存在证明" "the proof that the freeze is in the ledger"
answer=$work/freeze
holds '.proof.inclusions | any(.leaf | contains("seal.frozen")) and all(.position < .treeSize and (.hashes | length) > 0)'
holds '.proof.checkpoint | split("\n") | (.[1] | tonumber) > 0'
ok "event $(field '.proof.inclusions[0].position') of $(field '.proof.inclusions[0].treeSize'), $(field '.proof.inclusions[0].hashes | length') hashes"

step "再次验证先前的文件" "verify the earlier document again"
verify "$out"
holds '.verdict == "TOTAL_PASSED" and .signatures[0].seal.stateAtSigning == "active" and .signatures[0].seal.stateToday == "frozen"'
ok

printf '\nThe sealed contract is at %s\n' "$out"
printf '%s: 盖章时印章状态正常 — the seal was in order when this document was sealed (today it is %s).\n' "$(field .verdict)" "$(field '.signatures[0].seal.stateToday')"
