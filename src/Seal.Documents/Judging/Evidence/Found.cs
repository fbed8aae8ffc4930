using Seal.Cryptography;

namespace Seal.Documents.Judging;

/// <summary>Lists and answers about certificates as they are found: in documents, or where certificates say.</summary>
internal static class Found
{
    /// <summary>Reads one; null when it cannot be read, because then it shows nothing, and must not make a good signature unreadable.</summary>
    /// <param name="der">The list or answer, DER.</param>
    /// <param name="parse">What reads its kind.</param>
    public static T? TryRead<T>(ReadOnlyMemory<byte> der, Func<ReadOnlyMemory<byte>, T> parse)
        where T : class
    {
        try
        {
            return parse(der);
        }
        catch (DerFormatException)
        {
            return null;
        }
    }
}
