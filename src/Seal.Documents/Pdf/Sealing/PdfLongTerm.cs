using Seal.Cryptography.Timestamps;

namespace Seal.Documents.Pdf;

/// <summary>
/// Keeps the signatures of a document provable: adds time stamps and validation material to what was signed before, by whomever,
/// and renews the time stamps before their certificates or algorithms grow old (EN 319 142-1 §6.3, levels B-T to B-LTA).
/// </summary>
public static class PdfLongTerm
{
    /// <summary>
    /// Brings a signed document to a level. Repeated at <see cref="PadesLevel.LTA"/>, it renews: the material of the newest time
    /// stamp goes in, and a new time stamp over all of it.
    /// </summary>
    /// <param name="source">The document: readable, seekable, read from position 0. Its bytes stay as they are.</param>
    /// <param name="destination">Gets the document, from its current position on, once everything is at hand; not the source.</param>
    /// <param name="strength">The level, and whose help there is.</param>
    /// <param name="limits">What the file may cost to read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="PdfFormatException">The document cannot be read, or (<see cref="PdfProblem.NotSigned"/>) has no signature.</exception>
    /// <exception cref="TimestampException">There is no time stamp, and a lower level is not allowed.</exception>
    /// <exception cref="ValidationMaterialException">There is no revocation state, and a lower level is not allowed.</exception>
    public static async Task<ExtensionOutcome> ExtendAsync(
        Stream source, Stream destination, SealStrength strength, PdfLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(strength);
        var file = await PdfFile.OpenAsync(source, limits, cancellation);
        file.RequireReadableTail();
        var signatures = PdfSignature.FindAll(file);
        if (signatures.Count == 0)
        {
            throw new PdfFormatException(PdfProblem.NotSigned, "the document has no signature");
        }

        LongTermSteps steps = new(source, strength, limits);
        if (strength.Level >= PadesLevel.T)
        {
            if (!IsProven(signatures))
            {
                await steps.ProveAsync(cancellation);
            }

            steps.AssumeProven();
            var all = PdfSignature.FindAll((await steps.OpenAsync(cancellation)).File);
            await steps.PreserveAsync([.. all.Select(signature => signature.Contents).OfType<PdfString>().Select(contents => (ReadOnlyMemory<byte>)contents.Value)], cancellation);
        }

        await PreparedSeal.CopyAsync(source, steps.Updates, destination, cancellation);
        return new ExtensionOutcome(steps.Reached, steps.StampedAt, steps.Shortfall);
    }

    /// <summary>Whether the newest signature is a document time stamp, which proves all before it, or every signature has a time stamp of its own.</summary>
    private static bool IsProven(IReadOnlyList<PdfSignature> signatures) =>
        signatures[^1].Dictionary.Name("Type") == "DocTimeStamp"
        || signatures.All(signature => signature.Contents is { } contents && StampedContainer.TryRead(contents.Value) is { HasTimestamp: true });
}

/// <summary>What came of an extension.</summary>
/// <param name="Level">The level reached.</param>
/// <param name="StampedAt">What the first time stamp made for it states (UTC); null when none was needed.</param>
/// <param name="Shortfall">Why the level is lower than was wanted, or what its material lacks, for operators; null when nothing is amiss.</param>
public sealed record ExtensionOutcome(PadesLevel Level, DateTimeOffset? StampedAt, string? Shortfall);
