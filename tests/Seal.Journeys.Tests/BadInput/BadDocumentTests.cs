using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.BadInput;

/// <summary>Files that cannot be sealed or judged, and places where no seal fits.</summary>
[Collection(OneService.Name)]
public sealed class BadDocumentTests(SharedService shared)
{
    private const string Representative = Company.Representative;
    private const int ElevenMegabytes = 11_000_000;

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData("encrypted", "pdf-encrypted")]
    [InlineData("truncated", "pdf-truncated")]
    [InlineData("picture", "not-a-pdf")]
    [InlineData("empty", "not-a-pdf")]
    public async Task A_file_that_cannot_be_read_is_neither_sealed_nor_judged(string file, string code)
    {
        var content = await MakeAsync(file);
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, content);
        await shared.RefusedWithoutTraceAsync(() => SealAsync(seal, document), 422, code, "document");
        await shared.RefusedWithoutTraceAsync(() => Client.VerifyAsync(content), 422, code, "file");
    }

    [Fact]
    public async Task A_seal_is_put_on_a_page_that_is_there_and_inside_it()
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf(pages: 2));
        foreach (var page in new[] { 3, 0, -1, int.MaxValue })
        {
            await shared.RefusedWithoutTraceAsync(() => SealAsync(seal, document, page), 422, "page-not-found", "page");
        }

        // A4 is 210 mm by 297 mm, the seal 42 mm.
        foreach (var (x, y) in new[] { (-1m, 10m), (10m, -1m), (175m, 10m), (10m, 260m), (1e20m, 10m) })
        {
            await shared.RefusedWithoutTraceAsync(() => SealAsync(seal, document, 2, x, y), 422, "stamp-outside-page", "xMm");
        }

        (await SealAsync(seal, document, 2, 160m, 250m)).Required();
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("..")]
    public async Task A_document_that_was_never_uploaded_cannot_be_sealed(string document)
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var recorded = await shared.RecordedWhileAsync(async () => (await SealAsync(seal, document)).IsDone.ShouldBeFalse());
        recorded.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_that_was_never_uploaded_is_named_as_unknown()
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        await shared.RefusedWithoutTraceAsync(() => SealAsync(seal, new string('0', 32)), 404, "document-unknown", "document");
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("form")]
    [InlineData("chunks")]
    public Task More_than_ten_megabytes_are_not_judged(string way) => shared.RefusedWithoutTraceAsync(
        async () =>
        {
            using var content = new ByteArrayContent(new byte[ElevenMegabytes]) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
            using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[ElevenMegabytes]), "file", "big.pdf" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verifications") { Content = way == "form" ? form : content };
            request.Headers.TransferEncodingChunked = way == "chunks";
            return await Client.SendAsync(null, request);
        },
        413, "file-too-large", "file");

    [Fact]
    public async Task A_form_with_the_document_is_judged_like_the_document()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(SampleDocuments.Pdf()), "file", "合同.pdf" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verifications") { Content = form };
        var judged = (await Client.SendAsync(null, request)).Required();
        judged.Text("verdict").ShouldBe("INDETERMINATE");
        judged.Text("subIndication").ShouldBe("NO_SIGNATURE");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public Task A_form_holds_one_file(int files) => shared.RefusedWithoutTraceAsync(
        async () =>
        {
            using var form = new MultipartFormDataContent { { new StringContent("x"), "note" } };
            for (var file = 0; file < files; file++)
            {
                form.Add(new ByteArrayContent(SampleDocuments.Pdf()), "file", $"{file}.pdf");
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verifications") { Content = form };
            return await Client.SendAsync(null, request);
        },
        400, "missing-field", "file");

    [Fact]
    public Task A_form_that_breaks_off_is_refused() => shared.RefusedWithoutTraceAsync(
        async () =>
        {
            using var content = new StringContent("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF") { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verifications") { Content = content };
            return await Client.SendAsync(null, request);
        },
        400, "body-unreadable");

    private static async Task<byte[]> MakeAsync(string file)
    {
        var whole = SampleDocuments.Pdf();
        switch (file)
        {
            case "empty":
                return [];
            case "picture":
                return [0x89, .. "PNG\r\n\x1a\n"u8, .. new byte[100]];
            case "truncated":
                return whole[..(whole.Length / 2)];
            default:
                using (var tool = new ExternalTool())
                {
                    (await tool.RunAsync("qpdf", "--encrypt", "secret", "secret", "256", "--", tool.Put("in.pdf", whole), "out.pdf")).Required();
                    return tool.Take("out.pdf");
                }
        }
    }

    private Task<Answer> SealAsync(string seal, string document, int page = 1, decimal xMm = 100, decimal yMm = 100) =>
        Client.GiveAsync(Representative, "SealDocument", null, new JsonObject
        {
            ["seal"] = seal,
            ["document"] = document,
            ["page"] = page,
            ["xMm"] = xMm,
            ["yMm"] = yMm,
            ["pin"] = Company.Pin,
        });
}
