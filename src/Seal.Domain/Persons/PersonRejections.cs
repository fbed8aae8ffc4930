using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>Refusals that have to do with persons.</summary>
[Rejections]
public static class PersonRejections
{
    /// <summary>There is no such person.</summary>
    public static Rejection PersonUnknown => new("person-unknown", RejectionKind.NotFound, "person");

    /// <summary>The person was erased, or is about to be.</summary>
    public static Rejection PersonErased => new("person-erased", RejectionKind.Gone, "person");

    /// <summary>Nobody has begun to erase the person.</summary>
    public static Rejection NoErasureUnderWay => new("no-erasure-under-way", RejectionKind.Conflict, "person");

    /// <summary>The person represents an organisation, manages its seals or holds one: this has to end first.</summary>
    public static Rejection PersonHasObligations => new("person-has-obligations", RejectionKind.Conflict, "person");

    /// <summary>Who erases another must say on what ground.</summary>
    public static Rejection GroundMissing => new("ground-missing", RejectionKind.Invalid, "ground");

    /// <summary>A person's name is empty, too long, or has characters that no name has.</summary>
    public static Rejection PersonNameMalformed => new("person-name-malformed", RejectionKind.Invalid, "name");

    /// <summary>The number is none of a document of that kind.</summary>
    public static Rejection IdNumberMalformed => new("id-number-malformed", RejectionKind.Invalid, "idNumber.number");

    /// <summary>It is no phone number.</summary>
    public static Rejection PhoneMalformed => new("phone-malformed", RejectionKind.Invalid, "phone");

    /// <summary>It is no e-mail address.</summary>
    public static Rejection EmailMalformed => new("email-malformed", RejectionKind.Invalid, "email");
}
