using System.Diagnostics;
using System.Globalization;
using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;

namespace Seal.Benchmarks.Fuzz;

/// <summary>
/// The long run of changed files through the judge: each must get a verdict or a refusal with a code within the limit of
/// time, and no signature may hold over changed bytes. Prints the seed of whatever does not.
/// </summary>
internal static class FuzzArea
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <param name="samples">Files, and folders of them.</param>
    /// <param name="rounds">Changed files of each sample.</param>
    /// <param name="seed">Where the first one begins; others follow by ones.</param>
    /// <returns>Whether nothing was found.</returns>
    public static async Task<bool> RunAsync(IReadOnlyList<string> samples, long rounds, int seed)
    {
        var found = 0;
        string[] files = [.. samples.SelectMany(FilesOf)];
        foreach (var file in files)
        {
            var original = await File.ReadAllBytesAsync(file);
            SortedDictionary<string, int> outcomes = new(StringComparer.Ordinal);
            var slowest = TimeSpan.Zero;
            for (var round = 0; round < rounds; round++)
            {
#pragma warning disable CA5394 // found files must be found again: the seed is what tells them
                var changed = Mutation.Of(original, new Random(seed + round));
#pragma warning restore CA5394
                var clock = Stopwatch.StartNew();
                var outcome = await JudgeAsync(changed, original);
                slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                if (outcome.StartsWith('!') || clock.Elapsed > Limit)
                {
                    found++;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Path.GetFileName(file)} seed {seed + round}: {outcome} after {clock.Elapsed.TotalSeconds:0.0} s"));
                }
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(file)}: {rounds} changed files, slowest {slowest.TotalMilliseconds:0} ms; {string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}"))}"));
        }

        return found == 0;
    }

    private static IEnumerable<string> FilesOf(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];

    /// <summary>
    /// Nobody is trusted here, so that nothing passes; what is left to be wrong is a signature of which nothing but the trust
    /// is missing, over bytes that are not the original's.
    /// </summary>
    private static bool HoldsOver(SignatureJudgement signature, byte[] file, byte[] original)
    {
        if (signature.Checks.Any(static check => check.Result == CheckResult.Failed)
            || signature.Checks[(int)CheckName.SignatureValue].Result != CheckResult.Passed
            || !signature.Checks[(int)CheckName.Coverage].Evidence.TryGetValue("byteRange", out var text))
        {
            return false;
        }

        int[] range = [.. text.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return !Same(range[0], range[1]) || !Same(range[2], range[3]);

        bool Same(int start, int length) =>
            start + length <= original.Length && file.AsSpan(start, length).SequenceEqual(original.AsSpan(start, length));
    }

    /// <summary>A verdict or the code of a refusal; with an exclamation mark before it what must never happen.</summary>
    private static async Task<string> JudgeAsync(byte[] file, byte[] original)
    {
        try
        {
            using MemoryStream stream = new(file, writable: false);
            var judgement = await FileJudge.JudgeAsync(stream, new JudgeOptions { TrustAnchors = [], Revocation = RevocationEvidence.NotRequired }, CancellationToken.None);
            return judgement.Signatures.Any(signature => HoldsOver(signature, file, original)) ? "!a signature holds over changed bytes" : judgement.SubIndication?.ToString() ?? "none";
        }
        catch (PdfFormatException refusal)
        {
            return refusal.Code;
        }
        catch (OfdFormatException refusal)
        {
            return refusal.Code;
        }
#pragma warning disable CA1031 // whatever else comes out of the judge is what is looked for
        catch (Exception defect)
        {
            return $"!{defect.GetType().Name}: {defect.Message}";
        }
#pragma warning restore CA1031
    }
}
