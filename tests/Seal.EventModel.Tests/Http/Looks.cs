using System.Text.Json.Nodes;

namespace Seal.EventModel.Tests.Http;

/// <summary>Where somebody looks who makes an inquiry.</summary>
public static class Looks
{
    /// <summary>The path of the view, with what is chosen there.</summary>
    /// <param name="inquiry">The inquiry, its names resolved.</param>
    public static string PathOf(JsonObject inquiry)
    {
        ArgumentNullException.ThrowIfNull(inquiry);
        return inquiry["what"]!.ToString() switch
        {
            "seal-history" => $"/api/seals/{inquiry["seal"]}/history",
            "person" => $"/api/persons/{inquiry["person"]}",
            "usage" => $"/api/usage?{string.Join('&', inquiry.Where(choice => choice.Key != "what").Select(choice => $"{choice.Key}={Uri.EscapeDataString(choice.Value!.ToString())}"))}",
            var what => throw new NotSupportedException($"Nobody knows where to look for {what}."),
        };
    }
}
