using System.IO.Compression;
using System.Security.Cryptography;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;

namespace Seal.Benchmarks.Documents;

/// <summary>
/// Sealing and judging an OFD with SM2 in memory on one thread, against the bare mathematics on the same bytes: one signature (to
/// judge: that of the document, of the seal's maker and of the chain) and one SM3 over the package.
/// </summary>
internal sealed class OfdRows(Report report)
{
    private const double SealGoal = 0.7;

    public async Task RunAsync()
    {
        using Signers signers = new(SignatureAlgorithm.Sm2Sm3);
        var (maker, makerKey) = signers.Issue(CertificateProfile.SealMaker, "Bench Maker");
        using var _ = makerKey;
        var seal = SesSealData.Create(SealOf(signers), maker, makerKey);
        for (var size = 0; size < DocumentsArea.Sizes.Length; size++)
        {
            var (name, bytes) = DocumentsArea.Sizes[size];
            if (!report.Wants($"seal {name} OFD, SM2", $"judge {name} OFD, SM2"))
            {
                continue;
            }

            var file = await DocumentAsync(bytes);
            if (report.Wants($"seal {name} OFD, SM2"))
            {
                await SealAsync($"seal {name} OFD, SM2", signers, seal, file);
            }

            if (report.Wants($"judge {name} OFD, SM2"))
            {
                await JudgeAsync($"judge {name} OFD, SM2", signers, seal, maker, file, JudgeRows.Goals[size]);
            }
        }
    }

    private async Task SealAsync(string row, Signers signers, SesSealData seal, byte[] file)
    {
        report.Say($"  {row}: {file.Length} bytes; reference: SoftwareKey.Sign(32 bytes) and one SM3 over the file");
        var message = new byte[32];
        using MemoryStream destination = new(file.Length + 64_000);
        List<(double Ours, double Reference)> rounds = [];
        for (var round = 0; round < DocumentsArea.Rounds; round++)
        {
            var bare = report.Told("bare, documents/s", await SealRows.RateAsync(() =>
            {
                signers.Key.Sign(message);
                Cryptography.Algorithms.Sm3.HashData(file);
                return Task.CompletedTask;
            }));
            rounds.Add((report.Told("ours, documents/s", await SealRows.RateAsync(() => SealAsync(signers, seal, file, destination))), bare));
        }

        report.Add(BenchRow.AtLeast(row, rounds, "docs/s", SealGoal));
    }

    private async Task JudgeAsync(string row, Signers signers, SesSealData seal, Certificate maker, byte[] original, double goal)
    {
        using MemoryStream sealedDocument = new();
        await SealAsync(signers, seal, original, sealedDocument);
        var file = sealedDocument.ToArray();
        report.Say($"  {row}: {file.Length} bytes; reference: one SM3 over the file, and the signatures of the document, the seal and four certificates verified");
        var message = new byte[32];
        var signature = signers.Key.Sign(message);
        var options = signers.Judging with { Intermediates = [signers.Issuing], SealMakerAnchors = [signers.Root] };
        List<(double Ours, double Reference)> rounds = [];
        for (var round = 0; round < DocumentsArea.Rounds; round++)
        {
            var bare = report.Told("bare, documents/s", await SealRows.RateAsync(() =>
            {
                Cryptography.Algorithms.Sm3.HashData(file);
                var holds = Holds() & Holds() & signers.Certificate.IsSignedBy(signers.Issuing) & maker.IsSignedBy(signers.Issuing)
                    & signers.Issuing.IsSignedBy(signers.Root) & signers.Issuing.IsSignedBy(signers.Root);
                return holds ? Task.CompletedTask : throw new InvalidOperationException("What is signed right does not verify.");
            }));
            rounds.Add((report.Told("ours, documents/s", await SealRows.RateAsync(async () =>
            {
                using MemoryStream judged = new(file, writable: false);
                var judgement = await FileJudge.JudgeAsync(judged, options, CancellationToken.None);
                if (judgement.Verdict != Verdict.TotalPassed)
                {
                    throw new InvalidOperationException($"A good document is {judgement.Verdict}: {judgement.ToJson()}");
                }
            })), bare));
        }

        report.Add(BenchRow.AtLeast(row, rounds, "docs/s", goal));

        bool Holds() => Signatures.Verify(signers.Key.Algorithm, signers.Certificate.SubjectPublicKeyInfo, message, signature);
    }

    private static async Task SealAsync(Signers signers, SesSealData seal, byte[] file, MemoryStream destination)
    {
        using MemoryStream source = new(file, writable: false);
        destination.SetLength(0);
        OfdSealRequest request = new()
        {
            Certificate = signers.Certificate,
            Seal = seal,
            SigningTime = TimeProvider.System.GetUtcNow(),
            Places = [new OfdPlacement(1, 120, 200, 40, 40)],
            Chain = [signers.Issuing],
        };
        await OfdSealer.SealAsync(source, destination, request, signers.Key, CancellationToken.None);
    }

    private static SesSealRequest SealOf(Signers signers) => new()
    {
        Vid = "BENCH",
        SealId = "4403051234567",
        Type = 1,
        Name = "Bench Company",
        SignerCertificates = [signers.Certificate],
        CreatedAt = signers.Certificate.NotBefore,
        ValidFrom = signers.Certificate.NotBefore,
        ValidUntil = signers.Certificate.NotAfter,
        Picture = new SesPicture("PNG", new byte[4000], 40, 40),
    };

    /// <summary>A page of text and, for the rest of the size, a picture file, which compresses no further.</summary>
    private static async Task<byte[]> DocumentAsync(long bytes)
    {
        using MemoryStream stream = new();
        OfdTextDocument document = new() { CreatedOn = new DateOnly(2026, 11, 21), Pages = [[new OfdTextLine(25, 40, 6, "采购合同")]] };
        await document.WriteAsync(stream, CancellationToken.None);
        using (ZipArchive archive = new(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            await using var picture = await archive.CreateEntry("Doc_0/Res/image.png", CompressionLevel.NoCompression).OpenAsync();
            await picture.WriteAsync(RandomNumberGenerator.GetBytes((int)Math.Max(1, bytes - stream.Length)));
        }

        return stream.ToArray();
    }
}
