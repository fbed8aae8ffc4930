using System.Diagnostics;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;

namespace Seal.Documents.Tests.Ofd;

/// <summary>Whatever the bytes are, there is a verdict or a named refusal, and soon.</summary>
public sealed class OfdHostileTests
{
    private const int Mutations = 2000;

    private static readonly string[] Codes =
    [
        OfdProblem.NotAnOfd, OfdProblem.Truncated, OfdProblem.Encrypted, OfdProblem.Damaged, OfdProblem.TooLarge, OfdProblem.TooManyEntries, OfdProblem.TooComplex, "not-a-pdf",
    ];

    [Fact]
    public async Task A_document_cut_off_anywhere_never_passes()
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text(pages: 1));
        for (var length = 0; length < file.Length; length++)
        {
            (await Outcome(file[..length])).ShouldNotBe(Verdict.TotalPassed, $"cut off at {length}");
        }
    }

    [Theory]
    [InlineData("sealed", 1)]
    [InlineData("signed", 2)]
    [InlineData("twice", 3)]
    [InlineData("riding", 4)]
    public async Task Changed_bytes_anywhere_never_pass_unless_nothing_of_the_document_changed(string sample, int seed)
    {
        var file = await Sample(sample);
        var honest = Contents(file);
        var clock = Stopwatch.StartNew();
        Random random = new(seed);
        for (var round = 0; round < Mutations; round++)
        {
            var mutated = Mutate(file, random);
            if (await Outcome(mutated) == Verdict.TotalPassed)
            {
                Contents(mutated).ShouldBe(honest, $"round {round}");
            }
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2));
    }

    /// <summary>Inside the files, where a change of the package's own bytes would only break its checksums.</summary>
    [Theory]
    [InlineData("sealed", 5)]
    [InlineData("signed", 6)]
    public async Task Changed_bytes_inside_the_files_never_pass(string sample, int seed)
    {
        var file = await Sample(sample);
        Random random = new(seed);
        for (var round = 0; round < Mutations; round++)
        {
            Package package = new(file);
            var index = random.Next(package.Files.Count);
            var (name, content) = package.Files[index];
            var mutated = Mutate(content, random);
            package.Files[index] = (name, mutated);
            if (await Outcome(package.Zip()) == Verdict.TotalPassed && !mutated.AsSpan().SequenceEqual(content))
            {
                // The list stays open for further signatures: ID and type in it are not protected. Nor is what signed data hold
                // beside the signed attributes and the signature value.
                name.ShouldBeOneOf(sample == "signed" ? [Package.List, Package.Value] : [Package.List]);
            }
        }
    }

    private static async Task<byte[]> Sample(string name) => name switch
    {
        "signed" => await OfdSamples.Seal(await OfdSamples.Text(pages: 1), OfdSamples.Request() with { Seal = null, Places = [] }),
        "twice" => await OfdSamples.Seal(await OfdSamples.Seal(await OfdSamples.Text(pages: 1))),
        "riding" => await OfdSamples.Seal(await OfdSamples.Text(pages: 3), OfdSamples.Request() with { Riding = new OfdRiding(1, 3, 50, 40, 40) }),
        _ => await OfdSamples.Seal(await OfdSamples.Text(pages: 1)),
    };

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutated = [.. file];
        if (mutated.Length == 0)
        {
            return mutated;
        }

        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(mutated.Length);
            var count = random.Next(1, Math.Min(16, mutated.Length - at + 1));
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    random.NextBytes(mutated.AsSpan(at, count));
                    break;
                case 2:
                    mutated = [.. mutated[..at], .. mutated[(at + count)..]];
                    break;
                case 3:
                    mutated = [.. mutated[..at], .. mutated[random.Next(mutated.Length)..], .. mutated[at..]];
                    break;
                default:
                    mutated.AsSpan(at, count).Fill(random.Next(2) == 0 ? (byte)0 : (byte)0xFF);
                    break;
            }

            if (mutated.Length == 0)
            {
                break;
            }
        }

        return mutated;
    }

    /// <summary>Names and contents, read by the base library; what it will not read counts as nothing.</summary>
    private static string Contents(byte[] file) =>
        string.Join('\n', new Package(file).Files.Select(entry => $"{entry.Name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(entry.Content))}"));

    private static async Task<Verdict?> Outcome(byte[] file)
    {
        try
        {
            return (await OfdSamples.Judge(file)).Verdict;
        }
        catch (OfdFormatException refused)
        {
            Codes.ShouldContain(refused.Code);
            return null;
        }
        catch (Seal.Documents.Pdf.PdfFormatException refused)
        {
            Codes.ShouldContain(refused.Code);
            return null;
        }
    }
}
