using System.Net;
using System.Net.Sockets;
using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Time stamps of an authority from outside, whose revocation lists have to be fetched to be put into the document.</summary>
public sealed class FetchedMaterialTests : IAsyncDisposable
{
    private static readonly TestAuthority Signers = TestAuthority.Ecdsa;
    private static readonly TestAuthority Outside = TestAuthority.Rsa;

    private readonly HttpClient _http = new();
    private readonly HttpListener _server = new();
    private readonly Task _serving;
    private readonly string _url;
    private byte[]? _list = Outside.List(TestAuthority.Start, TestAuthority.Start.AddYears(20));

    public FetchedMaterialTests()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        _url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        _server.Prefixes.Add(_url);
        _server.Start();
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _server.Stop();
        await _serving;
        _server.Close();
        _http.Dispose();
    }

    [Theory]
    [InlineData(PadesLevel.LT)]
    [InlineData(PadesLevel.LTA)]
    public async Task What_is_fetched_lies_in_the_document_and_proves_its_time_when_nobody_can_be_asked(PadesLevel level)
    {
        (var file, var outcome) = await LevelSamples.Seal(new SamplePdf().Build(), Signers, Strength(level, isFetched: true));
        (outcome.Level, outcome.Shortfall).ShouldBe((level, null));

        // Of the outside authority the judge knows the root and the root's list, and nothing of its issuing authority's.
        var judgement = await SignedSamples.Judge(file, Options());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        judgement.Signatures[0].TimeSource.ShouldBe(TimeSource.Timestamp, judgement.ToJson());
    }

    [Theory]
    [InlineData("nowhere to ask")]
    [InlineData("nothing there")]
    [InlineData("list of another authority")]
    [InlineData("no list")]
    [InlineData("root unknown")]
    public async Task What_cannot_be_had_is_named_and_the_document_says_its_lower_level(string what)
    {
        _list = what switch
        {
            "nothing there" => null,
            "list of another authority" => Signers.List(TestAuthority.Start, TestAuthority.Start.AddYears(20)),
            "no list" => [0x30, 0x03, 0x02, 0x01, 0x00],
            _ => _list,
        };
        var strength = Strength(PadesLevel.LTA, isFetched: what != "nowhere to ask", isRootKnown: what != "root unknown");
        (await Should.ThrowAsync<ValidationMaterialException>(() => LevelSamples.Seal(new SamplePdf().Build(), Signers, strength))).Message.ShouldContain("Test Time Stamps");

        (var file, var outcome) = await LevelSamples.Seal(new SamplePdf().Build(), Signers, strength with { LowerWhenUnavailable = true });
        outcome.Level.ShouldBe(PadesLevel.T);
        outcome.Shortfall!.ShouldContain("Test Time Stamps");
        file.AsSpan().IndexOf("/DSS"u8).ShouldBe(-1);
    }

    private static JudgeOptions Options() => SignedSamples.Options(Signers) with
    {
        TimestampAnchors = [Outside.Root],
        Revocation = new CrlEvidence([.. Signers.AllCrls(), .. Outside.Crls]),
    };

    private SealStrength Strength(PadesLevel level, bool isFetched, bool isRootKnown = true)
    {
        Certificate[] known = isRootKnown ? [Signers.Issuing, Signers.Root, Outside.Root] : [Signers.Issuing, Signers.Root];
        return new SealStrength
        {
            Level = level,
            Timestamps = new TestStamper(Outside, _url + "issuing.crl"),
            Material = new KnownValidationMaterial(known, [.. Signers.AllCrls(), .. Outside.Crls], [])
            {
                Source = isFetched ? new RevocationFetcher(_http, new RevocationFetchLimits()) : null,
            },
        };
    }

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _server.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return; // the test is over
            }

            asked.Response.StatusCode = _list is null ? 404 : 200;
            asked.Response.Close(_list ?? [], willBlock: true);
        }
    }
}
