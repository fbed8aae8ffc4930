using Seal.Domain.Deciding;

namespace Seal.Domain.Organisations;

/// <summary>Refusals that have to do with organisations.</summary>
[Rejections]
public static class OrganisationRejections
{
    /// <summary>There is no such organisation.</summary>
    public static Rejection OrganisationUnknown => new("organisation-unknown", RejectionKind.NotFound, "organisation");

    /// <summary>The organisation is registered already.</summary>
    public static Rejection OrganisationKnown => new("organisation-known", RejectionKind.Conflict, "uscc");

    /// <summary>The credit code is not 18 characters with the right check character.</summary>
    public static Rejection UsccMalformed => new("uscc-malformed", RejectionKind.Invalid, "uscc");

    /// <summary>The name is empty, too long, or has characters that no name has.</summary>
    public static Rejection NameMalformed => new("name-malformed", RejectionKind.Invalid, "name");

    /// <summary>The division code is not six digits.</summary>
    public static Rejection RegionMalformed => new("region-malformed", RejectionKind.Invalid, "region");

    /// <summary>The number of managing partners does not fit the kind of organisation.</summary>
    public static Rejection ManagingPartnersMalformed => new("managing-partners-malformed", RejectionKind.Invalid, "managingPartners");

    /// <summary>The person is no seal manager of the organisation.</summary>
    public static Rejection ManagerUnknown => new("manager-unknown", RejectionKind.NotFound, "person");
}
