using Seal.Domain.Deciding;

namespace Seal.Service.SignIn;

/// <summary>A made-up person with an account, so that a newcomer can play every part.</summary>
/// <param name="Account">The account's name; the password and the provider's secret of all of them is <c>demo</c>.</param>
/// <param name="Name">The person's name.</param>
/// <param name="IdentityNumber">A made-up identity number with a right check digit.</param>
/// <param name="Staff">The offices the person holds.</param>
public sealed record DemoPerson(string Account, string Name, string IdentityNumber, Role Staff);

/// <summary>The demo people of the embedded defaults.</summary>
public static class DemoPeople
{
    /// <summary>The one password of all of them: they exist on loopback addresses only.</summary>
    public const string Password = "demo";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("zhang-wei", "张伟", "11010519491231002X", Role.None),
        new("li-na", "李娜", "440524188001010014", Role.None),
        new("wang-fang", "王芳", "110101199003077571", Role.None),
        new("zhao-lei", "赵磊", "110101199003079817", Role.None),
        new("registry", "登记员", "11010119900307299X", Role.Registry),
        new("reviewer", "审批员", "110101199003075517", Role.Reviewer),
        new("maker", "制章员", "110101199003071014", Role.Maker),
        new("officer", "证书员", "110101199003072113", Role.CertificateOfficer),
        new("authority", "执法员", "110101199003076333", Role.Authority),
        new("auditor", "审计员", "110101199003078494", Role.Auditor),
        new("regulator", "监管员", "110101199003070177", Role.Regulator),
        new("administrator", "管理员", "110101199003074098", Role.Administrator),
    ];

    /// <summary>The one with an account; <c>null</c> when there is none.</summary>
    public static DemoPerson? Find(string account) => All.FirstOrDefault(person => person.Account == account);
}
