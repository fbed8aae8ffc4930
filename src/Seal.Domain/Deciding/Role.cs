namespace Seal.Domain.Deciding;

/// <summary>What someone may be when giving a command. Offices come with the sign-in, the others from the streams read.</summary>
[Flags]
public enum Role
{
    /// <summary>Nobody in particular.</summary>
    None = 0,

    /// <summary>Anyone signed in 已登录用户.</summary>
    Person = 1 << 0,

    /// <summary>Legal representative of the organisation concerned 法定代表人.</summary>
    LegalRepresentative = 1 << 1,

    /// <summary>Seal manager of the organisation concerned 印章管理员.</summary>
    Manager = 1 << 2,

    /// <summary>Holder of the seal concerned 印章持有人.</summary>
    Holder = 1 << 3,

    /// <summary>The very person whom the command is about 本人.</summary>
    Oneself = 1 << 4,

    /// <summary>The business registry's feed 商事登记.</summary>
    Registry = 1 << 8,

    /// <summary>Reviewer of the approving agency 审批.</summary>
    Reviewer = 1 << 9,

    /// <summary>Seal maker 制章.</summary>
    Maker = 1 << 10,

    /// <summary>Officer of a certificate authority CA 客服.</summary>
    CertificateOfficer = 1 << 11,

    /// <summary>An authority that may freeze or revoke by order 主管部门.</summary>
    Authority = 1 << 12,

    /// <summary>Auditor 审计.</summary>
    Auditor = 1 << 13,

    /// <summary>Regulator, who queries usage 监管.</summary>
    Regulator = 1 << 14,

    /// <summary>Administrator of the platform 平台管理员.</summary>
    Administrator = 1 << 15,

    /// <summary>The system itself, for automations; no person ever has it.</summary>
    System = 1 << 30,

    /// <summary>The owner's side of a seal.</summary>
    OwnerSide = LegalRepresentative | Manager,

    /// <summary>All offices: they vouch by their office and need no proof of person.</summary>
    Offices = Registry | Reviewer | Maker | CertificateOfficer | Authority | Auditor | Regulator | Administrator | System,
}
