using System.Text;
using Microsoft.AspNetCore.Http;

namespace Seal.Service.Tests.Support;

/// <summary>Requests as they reach the service, without a network.</summary>
internal static class Requests
{
    public static HttpRequest WithBody(string body, string? contentType = "application/json") => WithBody(Encoding.UTF8.GetBytes(body), contentType);

    public static HttpRequest WithBody(byte[] body, string? contentType = "application/json")
    {
        var http = new DefaultHttpContext();
        http.Request.Body = new MemoryStream(body);
        http.Request.ContentType = contentType;
        return http.Request;
    }

    public static HttpRequest WithQuery(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        return http.Request;
    }

    public static HttpRequest WithHeader(string name, string? value)
    {
        var http = new DefaultHttpContext();
        if (value is not null)
        {
            http.Request.Headers[name] = value;
        }

        return http.Request;
    }
}
