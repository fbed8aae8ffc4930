using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Seal.Service.OpenApi;

/// <summary>One realistic body for every command that people can give.</summary>
public static class CommandExamples
{
    private const string Person = "5f1c0a9be27d4460c3b8a1d2";
    private const string FirstSeal = "9c41d07ab35e2f8816d0e4c7-1";

    private static readonly FrozenDictionary<string, string> Bodies = new Dictionary<string, string>
    {
        ["AppointManager"] = $$"""{ "person": "{{Person}}", "until": "2027-12-31T16:00:00Z" }""",
        ["ApplyForSeals"] = """
            {
              "organisation": "91440300MA5GEXAM8Y",
              "seals": [{ "kind": "legal-name" }, { "kind": "contract" }, { "kind": "finance" }, { "kind": "legal-representative" }]
            }
            """,
        ["ApproveApplication"] = "{}",
        ["ApproveCertificateOrder"] = "{}",
        ["AuthoriseHolder"] = $$"""{ "person": "{{Person}}", "from": "2026-01-01T00:00:00+08:00", "until": "2027-12-31T00:00:00+08:00" }""",
        ["BindUkey"] = """
            {
              "serialNumber": "3000214B7A19",
              "model": "ePass3003",
              "request": "MIHXMH8CAQAwHTEbMBkGA1UEBRMSMzAwMDIxNEI3QTE5AAAAAAAAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
            }
            """,
        ["ChangePin"] = """{ "oldPin": "280513", "newPin": "730164" }""",
        ["ClaimSeal"] = """{ "pin": "280513", "device": "android-7f3a9c21", "algorithm": "ecdsa-p256" }""",
        ["ConfirmUnlock"] = "{}",
        ["DeliverCertificateOrder"] = """{ "way": "post", "consignment": "SF1234567890" }""",
        ["GrantSealToApp"] = """
            {
              "app": "7f3k2m9q4w8x1c5v6b0n2z4h8j",
              "until": "2027-12-31T00:00:00+08:00",
              "serialNumber": "HSM-20261121-01",
              "model": "SoftHSM v2",
              "request": "MIHXMH8CAQAwHTEbMBkGA1UEBRMSMzAwMDIxNEI3QTE5AAAAAAAAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
            }
            """,
        ["IssueCertificateOrder"] = "{}",
        ["RejectCertificateOrder"] = """{ "opinion": "申请主体与营业执照不一致。" }""",
        ["RequestCertificate"] = """
            {
              "organisation": "91440300MA5GEXAM8Y",
              "business": "new",
              "kind": "organisation",
              "authority": "embedded",
              "materials": [
                { "kind": "application-form", "document": "3f6c1d0be8a94f27b5c2d1e0a7986b54" },
                { "kind": "business-licence", "document": "8d21f0c44b7e4b0fa2f3c6e1d5a09b77" },
                { "kind": "agent-identity", "document": "c0a4f9d2367b4c1c9e58b1f7a3d6e820" }
              ],
              "request": "MIHXMH8CAQAwHTEbMBkGA1UEBRMSMzAwMDIxNEI3QTE5AAAAAAAAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
            }
            """,
        ["ResubmitCertificateOrder"] = """
            {
              "materials": [
                { "kind": "application-form", "document": "3f6c1d0be8a94f27b5c2d1e0a7986b54" },
                { "kind": "business-licence", "document": "8d21f0c44b7e4b0fa2f3c6e1d5a09b77" },
                { "kind": "agent-identity", "document": "c0a4f9d2367b4c1c9e58b1f7a3d6e820" }
              ],
              "request": "MIHXMH8CAQAwHTEbMBkGA1UEBRMSMzAwMDIxNEI3QTE5AAAAAAAAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
            }
            """,
        ["ReturnCertificateOrder"] = """{ "opinion": "营业执照不清晰，请重新上传。" }""",
        ["WithdrawCertificateOrder"] = "{}",
        ["CompleteSigning"] = """{ "signature": "MEUCIQCr0m1n2b8y1k1m3bq1v0m9m9N2tq6H0Hq0lH2f1g0cVwIgQ1v2Z1yQ2d8mF7yQf0m1rYkq2bS1h0b8b7vYw8yq3uA=" }""",
        ["DestroyMasterKey"] = "{}",
        ["DismissManager"] = $$"""{ "person": "{{Person}}" }""",
        ["ErasePerson"] = """{ "ground": "own-request" }""",
        ["FileSeal"] = """{ "filingNumber": "深公印备2026000123" }""",
        ["FreezeSeal"] = """{ "reason": "经办人手机遗失，暂停用章。" }""",
        ["LiftFreeze"] = """{ "reason": "手机已找回，恢复用章。" }""",
        ["MakeSeal"] = """{ "code": "4403050123456" }""",
        ["PrepareSigning"] = $$"""
            {
              "seal": "{{FirstSeal}}",
              "document": "3f6c1d0be8a94f27b5c2d1e0a7986b54",
              "page": 1,
              "xMm": 130.0,
              "yMm": 225.5,
              "further": [{ "kind": "edges", "edge": "right", "centreMm": 148.5 }]
            }
            """,
        ["RegisterApp"] = """{ "organisation": "91440300MA5GEXAM8Y", "name": "合同管理系统" }""",
        ["RegisterOrganisation"] = $$"""
            {
              "uscc": "91440300MA5GEXAM8Y",
              "name": "深圳市示例科技有限公司",
              "kind": "company",
              "legalRepresentative": "{{Person}}",
              "managingPartners": 0,
              "region": "440305",
              "establishedOn": "2021-05-18"
            }
            """,
        ["RegisterPerson"] = """
            {
              "name": "张伟",
              "idNumber": { "kind": "resident-id", "number": "11010519491231002X" },
              "phone": "+8613800138000",
              "email": "zhang.wei@example.com"
            }
            """,
        ["ReinstateCertificate"] = """{ "reason": "手机已找回，密钥未泄露。" }""",
        ["RejectApplication"] = """{ "opinion": "申请主体与营业执照不一致。" }""",
        ["RenewEvidence"] = """{ "document": "3f6c1d0be8a94f27b5c2d1e0a7986b54" }""",
        ["RenewSeal"] = "{}",
        ["ResetPin"] = """{ "newPin": "730164" }""",
        ["ResubmitApplication"] = """{ "seals": [{ "kind": "contract", "name": "深圳市示例科技有限公司合同专用章（2）" }] }""",
        ["ReturnApplication"] = """{ "opinion": "请更正合同专用章的名称后重新提交。" }""",
        ["RevokeCertificate"] = """{ "reason": "key-compromise" }""",
        ["RevokeSeal"] = """{ "reason": "公司更名，原印章不再使用。" }""",
        ["RollIssuer"] = """{ "root": false }""",
        ["RotateMasterKey"] = "{}",
        ["SealDocument"] = $$"""
            {
              "seal": "{{FirstSeal}}",
              "document": "3f6c1d0be8a94f27b5c2d1e0a7986b54",
              "page": 1,
              "xMm": 130.0,
              "yMm": 225.5,
              "pin": "280513",
              "further": [
                { "kind": "text", "text": "甲方（盖章）", "occurrence": -1 },
                { "kind": "edges", "edge": "right", "centreMm": 148.5 }
              ]
            }
            """,
        ["OrderIssuerRevocation"] = """{ "generation": 1, "reason": "ca-compromise" }""",
        ["RevokeIssuer"] = """{ "generation": 1 }""",
        ["TellAuthority"] = "{}",
        ["SuspendCertificate"] = """{ "reason": "持有人手机下落不明，待核实。" }""",
        ["UnbindUkey"] = """{ "lost": true }""",
        ["WithdrawApplication"] = "{}",
        ["WithdrawAuthorisation"] = $$"""{ "person": "{{Person}}", "reason": "该同事已离职。" }""",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The commands that have an example.</summary>
    public static IReadOnlyCollection<string> Commands => Bodies.Keys;

    /// <summary>The example of a command.</summary>
    /// <exception cref="KeyNotFoundException">It has none: a defect that the tests find.</exception>
    public static JsonObject Of(string command) => (JsonObject)JsonNode.Parse(Bodies[command])!;
}
