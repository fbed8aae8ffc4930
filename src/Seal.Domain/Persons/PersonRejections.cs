using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>Refusals that have to do with persons.</summary>
[Rejections]
public static class PersonRejections
{
    /// <summary>There is no such person.</summary>
    public static Rejection PersonUnknown => new("person-unknown", RejectionKind.NotFound, "person");
}
