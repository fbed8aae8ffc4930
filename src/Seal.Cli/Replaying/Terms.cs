using System.Globalization;
using System.Text.Json;
using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;

namespace Seal.Cli.Replaying;

/// <summary>The domain's terms in both languages.</summary>
internal static class Terms
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Millimetres(decimal length) => length.ToString("0.##", CultureInfo.InvariantCulture);

    public static Told Kind(SealKind kind) => kind switch
    {
        SealKind.LegalName => new("法定名称章", "legal-name seal"),
        SealKind.Finance => new("财务专用章", "finance seal"),
        SealKind.Contract => new("合同专用章", "contract seal"),
        SealKind.Invoice => new("发票专用章", "invoice seal"),
        SealKind.LegalRepresentative => new("法定代表人名章", "legal representative's seal"),
        SealKind.Business => new("业务专用章", "business seal"),
        SealKind.PersonalName => new("电子名章", "personal-name seal"),
        _ => new(Plain(kind), Plain(kind)),
    };

    public static Told Kind(OrganisationKind kind) => kind switch
    {
        OrganisationKind.Company => new("公司", "company"),
        OrganisationKind.ForeignFunded => new("外商投资企业", "foreign-funded company"),
        OrganisationKind.Partnership => new("合伙企业", "partnership"),
        OrganisationKind.SoleTrader => new("个体工商户", "sole trader"),
        OrganisationKind.PublicBody => new("机关事业单位", "public body"),
        _ => new(Plain(kind), Plain(kind)),
    };

    public static Told Status(SealStatus status) => status switch
    {
        SealStatus.None => new("不存在", "not there yet"),
        SealStatus.Applied => new("已申请", "applied for"),
        SealStatus.Approved => new("已批准，待制章", "approved, to be made"),
        SealStatus.Dropped => new("不再申请", "asked for no more"),
        SealStatus.Made => new("制作完成", "made"),
        SealStatus.Filed => new("已备案", "on record"),
        SealStatus.Issued => new("已签发，待领取", "issued, to be claimed"),
        SealStatus.Active => new("使用中", "active"),
        SealStatus.Frozen => new("已冻结", "frozen"),
        SealStatus.Revoked => new("已注销", "revoked"),
        _ => new(Plain(status), Plain(status)),
    };

    public static Told Kind(string kind) => CertificateKindCatalog.Default.Find(kind) is { } known ? new(known.TitleZh, known.TitleEn) : new(kind, kind);

    public static Told Business(OrderBusiness business) => business switch
    {
        OrderBusiness.New => new("新办", "new"),
        OrderBusiness.Renewal => new("续期", "renewal"),
        OrderBusiness.Change => new("变更", "change"),
        OrderBusiness.LostMedium => new("介质遗失补办", "lost medium"),
        OrderBusiness.Unlock => new("介质解锁", "unlocking of the medium"),
        _ => new(Plain(business), Plain(business)),
    };

    public static Told Revocation(RevocationReason reason) => reason switch
    {
        RevocationReason.Unspecified => new("未说明原因", "no reason given"),
        RevocationReason.KeyCompromise => new("密钥泄露", "key compromise"),
        RevocationReason.CaCompromise => new("CA 密钥泄露", "compromise of the authority"),
        RevocationReason.AffiliationChanged => new("从属关系变更", "affiliation changed"),
        RevocationReason.Superseded => new("被取代", "superseded"),
        RevocationReason.CessationOfOperation => new("停止使用", "cessation of operation"),
        RevocationReason.PrivilegeWithdrawn => new("授权被撤销", "privilege withdrawn"),
        _ => new(Plain(reason), Plain(reason)),
    };

    public static Told Standing(CertificateStatus status) => status switch
    {
        CertificateStatus.Active => new("恢复使用", "in force again"),
        CertificateStatus.Suspended => new("已暂停", "suspended"),
        CertificateStatus.Revoked => new("已吊销", "revoked"),
        _ => new(Plain(status), Plain(status)),
    };

    public static Told Office(Role role) => role switch
    {
        Role.LegalRepresentative => new("法定代表人", "legal representative"),
        Role.Manager => new("印章管理员", "seal manager"),
        Role.Holder => new("印章持有人", "seal holder"),
        Role.Registry => new("商事登记机关", "business registry"),
        Role.Reviewer => new("审批人员", "reviewer"),
        Role.Maker => new("制章单位", "seal maker"),
        Role.CertificateOfficer => new("CA 人员", "certificate officer"),
        Role.Authority => new("主管部门", "authority"),
        Role.Auditor => new("审计人员", "auditor"),
        Role.Regulator => new("监管人员", "regulator"),
        Role.Administrator => new("平台管理员", "administrator"),
        Role.System => new("系统", "the system"),
        _ => new("用户", "person"),
    };

    public static string Algorithm(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => "ECDSA P-256",
        KeyAlgorithm.Rsa2048 => "RSA 2048",
        KeyAlgorithm.Sm2 => "SM2",
        _ => Plain(algorithm),
    };

    public static string Subject(InquirySubject subject) => Plain(subject);

    private static string Plain<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
