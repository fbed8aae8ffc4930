using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>Steps of orders for certificates.</summary>
internal static class OrderSteps
{
    /// <summary>A certification request of a key, in base64, as a command takes it.</summary>
    public static string RequestOf(ISigner key) => Convert.ToBase64String(CertificationRequest.Create(StandInAuthority.Named("whatever"), key).RawData.Span);

    /// <summary>Uploads the papers that most orders need.</summary>
    public static async Task<JsonArray> PapersAsync(this ApiClient client, params string[] further)
    {
        JsonArray papers = [];
        foreach (var kind in new[] { "application-form", "business-licence", "agent-identity" }.Concat(further))
        {
            papers.Add(new JsonObject { ["kind"] = kind, ["document"] = await client.UploadAsync(Company.Representative, System.Text.Encoding.UTF8.GetBytes($"scan of {kind}")) });
        }

        return papers;
    }

    /// <summary>Orders an organisation's certificate for a key.</summary>
    public static async Task<Answer> OrderAsync(this ApiClient client, Company company, ISigner key, Action<JsonObject>? change = null)
    {
        JsonObject body = new()
        {
            ["organisation"] = company.Uscc,
            ["business"] = "new",
            ["kind"] = "organisation",
            ["authority"] = "embedded",
            ["materials"] = await client.PapersAsync(),
            ["request"] = RequestOf(key),
        };
        change?.Invoke(body);
        return await client.GiveAsync(Company.Representative, "RequestCertificate", null, body);
    }

    /// <summary>Orders a certificate and has the officer approve it.</summary>
    public static async Task<string> ApprovedAsync(this ApiClient client, Company company, ISigner key, Action<JsonObject>? change = null)
    {
        var order = (await client.OrderAsync(company, key, change)).Required().Id;
        (await client.OfficerAsync("ApproveCertificateOrder", order)).Required();
        return order;
    }

    /// <summary>The certificate issued for an order.</summary>
    public static async Task<Certificate> CertificateAsync(this ApiClient client, string order)
    {
        var state = (await client.GetAsync(Company.Representative, $"/api/certificate-orders/{order}")).Required().Body["state"]!;
        return Certificate.Parse(await client.DownloadAsync(Company.Representative, $"/api/certificates/{state["issued"]!.GetValue<string>()}/file"));
    }

    public static Task<Answer> OfficerAsync(this ApiClient client, string command, string order, JsonObject? body = null) => client.GiveAsync("officer", command, order, body ?? []);
}
