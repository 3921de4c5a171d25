DROP TABLE quarter_voice;
DROP FUNCTION quarter_voice_closed();
