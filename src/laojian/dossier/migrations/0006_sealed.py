"""Sealed files: shown only to those whom `my_sealed()` names, whoever leads the bureau; the room that seals them tells the function."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION my_sealed() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NULL::bigint WHERE false
$$;
DROP POLICY dossier_line ON dossier_dossier;
CREATE POLICY dossier_line ON dossier_dossier
  USING ((NOT sealed AND (bureau_id = ANY((SELECT my_bureaus())::bigint[]) OR id IN (SELECT my_files())))
         OR (sealed AND id IN (SELECT my_sealed())))
  WITH CHECK ((NOT sealed AND (bureau_id = ANY((SELECT my_bureaus())::bigint[]) OR id IN (SELECT my_files())))
              OR (sealed AND id IN (SELECT my_sealed())));
"""
BACK = """
DROP POLICY dossier_line ON dossier_dossier;
CREATE POLICY dossier_line ON dossier_dossier
  USING (bureau_id = ANY((SELECT my_bureaus())::bigint[]) OR id IN (SELECT my_files()))
  WITH CHECK (bureau_id = ANY((SELECT my_bureaus())::bigint[]) OR id IN (SELECT my_files()));
DROP FUNCTION my_sealed();
"""


class Migration(migrations.Migration):
    dependencies = [("dossier", "0005_posts_see")]
    operations = [
        migrations.AddField("dossier", "sealed", models.BooleanField(db_default=False, default=False)),
        migrations.RunSQL(FORWARD, BACK),
    ]
