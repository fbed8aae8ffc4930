namespace Seal.Domain.CertificateOrders;

/// <summary>What is wanted 业务类型.</summary>
public enum OrderBusiness
{
    /// <summary>A first certificate 新办.</summary>
    New,

    /// <summary>One that goes on from another, before or after its end 续期.</summary>
    Renewal,

    /// <summary>One with the present facts, in place of one that states former ones 变更.</summary>
    Change,

    /// <summary>One on a new medium, in place of one on a lost medium 介质遗失补办.</summary>
    LostMedium,

    /// <summary>No certificate: the medium of one is unlocked with its administrator PIN 介质解锁.</summary>
    Unlock,
}

/// <summary>What a paper is 办理资料.</summary>
public enum MaterialKind
{
    /// <summary>The application form, stamped 数字证书申请表.</summary>
    ApplicationForm,

    /// <summary>The business licence 营业执照.</summary>
    BusinessLicence,

    /// <summary>The identity document of whoever hands in 经办人身份证.</summary>
    AgentIdentity,

    /// <summary>The identity document of the person in the certificate 申请人员身份证.</summary>
    ApplicantIdentity,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How a certificate gets to its owner 领取方式.</summary>
public enum DeliveryWay
{
    /// <summary>Fetched over the network.</summary>
    Download,

    /// <summary>Sent 邮寄.</summary>
    Post,

    /// <summary>Handed over 现场领取.</summary>
    Counter,
}
