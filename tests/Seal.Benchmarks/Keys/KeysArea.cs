using Seal.Benchmarks.Measuring;

namespace Seal.Benchmarks.Keys;

/// <summary><c>./bench keys</c>.</summary>
internal static class KeysArea
{
    /// <summary>Each figure is taken this often, ours and the reference by turns; the middle one counts.</summary>
    public const int Rounds = 3;

    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(Report report)
    {
        await new SoftwareRows(report).RunAsync();
        await new TokenRows(report).RunAsync();
        await new CertificateRows(report).RunAsync();
        await new OcspRows(report).RunAsync();
    }
}
