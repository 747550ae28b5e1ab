namespace MimeKit.Text;

/// <summary>format=flowed (RFC 3676) to paragraphs of one line. The signature's "-- " flows too, as in the real one.</summary>
internal static class FlowedText
{
    public static string Unflow(string text, bool deletesSpace)
    {
        var output = new StringBuilder(text.Length);
        var paragraph = new StringBuilder();
        var paragraphDepth = -1;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            var content = Unstuff(line, out var depth);
            if (paragraphDepth >= 0 && depth != paragraphDepth)
            {
                EndParagraph(output, paragraph, paragraphDepth).AppendLine();
            }

            paragraphDepth = depth;
            paragraph.Append(content);
            if (!content.EndsWith(' '))
            {
                EndParagraph(output, paragraph, paragraphDepth).AppendLine();
                paragraphDepth = -1;
            }
            else if (deletesSpace)
            {
                paragraph.Length--;
            }
        }

        return (paragraph.Length > 0 ? EndParagraph(output, paragraph, paragraphDepth) : output).ToString();
    }

    private static ReadOnlySpan<char> Unstuff(string line, out int depth)
    {
        depth = line.AsSpan().IndexOfAnyExcept('>');
        depth = depth < 0 ? line.Length : depth;
        var content = line.AsSpan(depth);
        return content.StartsWith(' ') ? content[1..] : content;
    }

    private static StringBuilder EndParagraph(StringBuilder output, StringBuilder paragraph, int depth)
    {
        if (depth > 0)
        {
            output.Append('>', depth).Append(' ');
        }

        output.Append(paragraph);
        paragraph.Clear();
        return output;
    }
}
