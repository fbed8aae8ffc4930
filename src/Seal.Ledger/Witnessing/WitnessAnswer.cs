using System.Globalization;

namespace Seal.Ledger.Witnessing;

/// <summary>What a witness answers, as C2SP tlog-witness words it in HTTP.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="MediaType">Type of the body.</param>
/// <param name="Body">Cosignature lines, a size, or a sentence that says what is wrong; ends in a newline.</param>
public sealed record WitnessAnswer(int Status, string MediaType, string Body)
{
    /// <summary>The type of a body that holds the size a witness has.</summary>
    public const string SizeMediaType = "text/x.tlog.size";

    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>The checkpoint is cosigned.</summary>
    internal static WitnessAnswer Cosigned(string lines) => new(200, PlainText, lines);

    /// <summary>The request is not one.</summary>
    internal static WitnessAnswer Malformed(string why) => new(400, PlainText, why + "\n");

    /// <summary>No key that is trusted for the log signed the checkpoint.</summary>
    internal static WitnessAnswer NotSigned(string why) => new(403, PlainText, why + "\n");

    /// <summary>The log is none of the witness's.</summary>
    internal static WitnessAnswer UnknownLog(string origin) => new(404, PlainText, $"This witness does not watch the log {origin}.\n");

    /// <summary>The witness is at another size than the log thinks.</summary>
    internal static WitnessAnswer OtherSize(long size) => new(409, SizeMediaType, string.Create(CultureInfo.InvariantCulture, $"{size}\n"));

    /// <summary>The log has two trees of one size.</summary>
    internal static WitnessAnswer OtherRoot(long size) =>
        new(409, PlainText, string.Create(CultureInfo.InvariantCulture, $"Another tree of {size} entries was cosigned before: the log says two things.\n"));

    /// <summary>The proof does not show that the log has only grown.</summary>
    internal static WitnessAnswer Inconsistent(long older, long newer) =>
        new(422, PlainText, string.Create(CultureInfo.InvariantCulture, $"The proof does not show that the tree of {newer} entries continues that of {older}.\n"));
}
