using System.Globalization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>The number of an identity document. Its kind goes to the vault with it, for it tells where somebody comes from.</summary>
/// <param name="Kind">What kind of document it is.</param>
/// <param name="Number">The number as it is printed there.</param>
public sealed record IdNumber(IdKind Kind, FreeText Number)
{
    private const int ShortestNumber = 5;
    private const int LongestNumber = 30;
    private const int ResidentLength = 18;

    /// <summary>Whether it can be such a number at a time.</summary>
    public bool IsWellFormed(DateTimeOffset now) => Kind switch
    {
        IdKind.ResidentId or IdKind.ResidencePermit => IsResident(Number.Words, now),
        _ => Number.Words.Length is >= ShortestNumber and <= LongestNumber && Number.Words.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '(' or ')'),
    };

    /// <summary>
    /// GB 11643-1999: six digits of a division, the day of birth, three digits in sequence, and a check character by
    /// ISO 7064 MOD 11-2, where X stands for ten.
    /// </summary>
    private static bool IsResident(string number, DateTimeOffset now)
    {
        if (number.Length != ResidentLength || !number[..^1].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(number[^1]) || number[^1] == 'X'))
        {
            return false;
        }

        var sum = 0;
        foreach (var digit in number[..^1])
        {
            sum = (sum + (digit - '0')) * 2 % 11;
        }

        var check = number[^1] == 'X' ? 10 : number[^1] - '0';
        return (sum + check) % 11 == 1
            && DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
            && born <= DateOnly.FromDateTime(now.UtcDateTime.AddDays(1));
    }
}

/// <summary>What kind of identity document it is.</summary>
public enum IdKind
{
    /// <summary>Resident identity card 居民身份证 (GB 11643).</summary>
    ResidentId,

    /// <summary>Residence permit of those from Hong Kong, Macao and Taiwan 港澳台居民居住证, numbered like an identity card.</summary>
    ResidencePermit,

    /// <summary>Passport 护照.</summary>
    Passport,

    /// <summary>Travel permit of residents of Hong Kong and Macao 港澳居民来往内地通行证.</summary>
    HongKongMacaoPermit,

    /// <summary>Travel permit of residents of Taiwan 台湾居民来往大陆通行证.</summary>
    TaiwanPermit,

    /// <summary>Permanent residence card of foreigners 外国人永久居留身份证.</summary>
    ForeignResident,

    /// <summary>Another document with a number.</summary>
    Other,
}
