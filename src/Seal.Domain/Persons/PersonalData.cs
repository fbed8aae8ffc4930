using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>What a person's data must look like. What is wrong is said by field, the value never.</summary>
internal static class PersonalData
{
    private const int LongestName = 100;
    private const int LongestEmail = 254;

    /// <summary>What is wrong with the data of a registration; <c>null</c> when nothing is.</summary>
    public static Rejection? Judge(RegisterPerson command, DateTimeOffset now) => command switch
    {
        { Identity: null, Name: null } => TextRejections.IdentityMissing with { Field = "name" },
        { Identity: { IsWellFormed: false } } => TextRejections.IdentityMissing,
        { Name: { } name } when !IsName(name.Words) => PersonRejections.PersonNameMalformed,
        { IdNumber: { } id } when !id.IsWellFormed(now) => PersonRejections.IdNumberMalformed,
        { Phone: { } phone } when !IsPhone(phone.Words) => PersonRejections.PhoneMalformed,
        { Email: { } email } when !IsEmail(email.Words) => PersonRejections.EmailMalformed,
        _ => null,
    };

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.Trim().Length == name.Length && !name.Any(char.IsControl);

    // E.164, or a mobile number of the mainland without its country code.
    private static bool IsPhone(string phone) => phone switch
    {
        ['+', >= '1' and <= '9', .. var rest] => rest.Length is >= 6 and <= 14 && rest.All(char.IsAsciiDigit),
        ['1', >= '3' and <= '9', .. var rest] => rest.Length == 9 && rest.All(char.IsAsciiDigit),
        _ => false,
    };

    // What RFC 5321 lets be long and what no mailbox in use goes without; whether there is one, only a letter tells.
    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return email.Length <= LongestEmail && at is > 0 and <= 64 && email.IndexOf('@', at + 1) < 0
            && email[(at + 1)..] is { Length: > 2 } domain && domain.Contains('.', StringComparison.Ordinal) && domain[0] != '.' && domain[^1] != '.'
            && !email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
    }
}
