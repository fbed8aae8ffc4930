using Seal.Domain.Applications;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;

namespace Seal.Service.Projections;

/// <summary>The inline projections of the service: today's state of everything that is looked up or listed.</summary>
public static class SealProjections
{
    /// <summary>Organisations, by legal representative.</summary>
    public const string Organisations = "organisations";

    /// <summary>Applications, by organisation and status.</summary>
    public const string Applications = "applications";

    /// <summary>Seals, by organisation, status and code.</summary>
    public const string Seals = "seals";

    /// <summary>Holdings, by person and by seal.</summary>
    public const string Holdings = "holdings";

    /// <summary>Certificates, by status.</summary>
    public const string Certificates = "certificates";

    /// <summary>Orders for certificates, by organisation and status.</summary>
    public const string CertificateOrders = "certificate_orders";

    /// <summary>Signings: the usage log 用章记录.</summary>
    public const string Signings = "signings";

    /// <summary>Appointments of seal managers, by organisation.</summary>
    public const string Appointments = "appointments";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InlineProjection> All { get; } =
    [
        new StateProjection<Organisation>(Organisations, 1, By("state.legalRepresentative")),
        new ManagerAppointments(),
        new StateProjection<Application>(Applications, 1, By("state.organisation"), By("state.status")),
        new StateProjection<ElectronicSeal>(Seals, 1, By("state.organisation"), By("state.status"), By("state.code")),
        new StateProjection<Holding>(Holdings, 2, By("state.person"), By("state.seal")),
        new StateProjection<Certificate>(Certificates, 6, By("state.status"), By("state.organisation"), By("state.notice.standing")),
        new StateProjection<CertificateOrder>(CertificateOrders, 2, By("state.organisation"), By("state.person"), By("state.status")),
        new StateProjection<Signing>(
            Signings, 3, By("state.organisation"), By("state.seal"), By("state.person"), By("state.status"), By("state.region"), By("firstRecordedAt"), By("state.signedDigest")),
    ];

    private static ProjectionIndex By(string path) => new(new ProjectionField(path));
}
