namespace Seal.Domain.Seals;

/// <summary>The kinds of seal.</summary>
public enum SealKind
{
    /// <summary>Legal-name seal 法定名称章.</summary>
    LegalName,

    /// <summary>Finance seal 财务专用章.</summary>
    Finance,

    /// <summary>Contract seal 合同专用章.</summary>
    Contract,

    /// <summary>Invoice seal 发票专用章.</summary>
    Invoice,

    /// <summary>Legal representative's name seal 法定代表人名章.</summary>
    LegalRepresentative,

    /// <summary>Business seal 业务专用章.</summary>
    Business,

    /// <summary>Personal name seal 电子名章.</summary>
    PersonalName,
}
