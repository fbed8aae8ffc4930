using Seal.Documents.Ofd;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Judges a document of whatever kind it is, or a seal or its signature by itself: by its content, never by its name.</summary>
public static class FileJudge
{
    private static ReadOnlySpan<byte> ZipStart => "PK"u8;

    /// <summary>Judges a document.</summary>
    /// <param name="document">Readable and seekable; read from position 0.</param>
    /// <param name="options">By what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PdfFormatException">It is no package, and no PDF that can be read.</exception>
    /// <exception cref="OfdFormatException">It is a package, but no OFD that can be read.</exception>
    public static async Task<Judgement> JudgeAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        return await IsPackageAsync(document, cancellation)
            ? await OfdJudge.JudgeAsync(document, options, cancellation)
            : await LooseSealJudge.TryJudgeAsync(document, options, cancellation) ?? await PdfJudge.JudgeAsync(document, options, cancellation);
    }

    /// <summary>Whether the document begins as a zip package does, which an OFD is.</summary>
    public static async Task<bool> IsPackageAsync(Stream document, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        var start = new byte[ZipStart.Length];
        document.Position = 0;
        var read = await document.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        document.Position = 0;
        return start.AsSpan(0, read).SequenceEqual(ZipStart);
    }
}
